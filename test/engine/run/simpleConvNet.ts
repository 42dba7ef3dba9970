import { readFileSync } from 'node:fs';
import { openTensorFile, type Network, type Tensor } from '../../../engine';
import { network } from './networks';

const SAMPLES = 'extension/samples';

/** SimpleConvNet of "Deep Learning from Scratch", section 7.5, with the parameters of the sample workspace. */
export function simpleConvNet(target?: readonly number[]): Network {
  return network(
    ['N', 1, 28, 28],
    [
      ['conv', { name: 'conv1', parameters: { W: 'W1', b: 'b1' } }],
      ['relu'],
      ['maxpool', { attributes: { size: 2, stride: 2 } }],
      ['affine', { parameters: { W: 'W2', b: 'b2' } }],
      ['relu'],
      ['affine', { name: 'scores', parameters: { W: 'W3', b: 'b3' } }],
      ['softmaxWithLoss', { target }],
    ],
  );
}

/** The arrays of a file of the sample workspace. */
export async function sample(file: string): Promise<Record<string, Tensor>> {
  const { tensors } = await openTensorFile(readFileSync(`${SAMPLES}/${file}`), file);
  return Object.fromEntries(
    await Promise.all(tensors.map(async entry => [entry.name, await entry.read()] as const)),
  );
}
