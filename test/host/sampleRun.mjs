/**
 * A command with all it would ask for, so that a panel opens with a result: a digit of the samples through the first
 * trained layer.
 * @type {[command: string, args: {
 *   weights: { file: string, name: string },
 *   input: { file: string, name?: string },
 *   pool: { kind: 'max', size: number, stride: number },
 * }]}
 */
export const sampleRun = [
  'cnnInspector.runConvLayer',
  {
    weights: { file: 'params.pkl', name: 'W1' },
    input: { file: 'digit4.npy' },
    pool: { kind: 'max', size: 2, stride: 2 },
  },
];
