// SimpleConvNet trained by the engine's network run and the book's Adam (section 6.1.6).
import { simpleConvNet } from '../networks.mjs';
import { operandShapes, PARAMETERS } from './operands.mjs';

const RATE = 0.001;
const [BETA1, BETA2] = [0.9, 0.999];
const EPSILON = 1e-7;

/** The network of networks.mjs, whose labels are those of the operands, with the names of the parameters. */
function network() {
  const given = simpleConvNet();
  let number = 0;
  const layers = given.layers.map(layer => {
    if (layer.type !== 'conv' && layer.type !== 'affine') return layer;
    number++;
    return { ...layer, parameters: { W: `W${number}`, b: `b${number}` } };
  });
  return { ...given, layers };
}

/**
 * @param {typeof import('./parts')} parts
 * @param {import('./layers.mjs').NetworkLayer} layer
 * @param {import('./operands.mjs').Arrays} operands
 * @param {'float32' | 'float64'} dtype
 * @returns {() => Promise<{ loss: number, gradients: import('./operands.mjs').Arrays }>} a step: forward, backward, update
 */
export function createTraining({ startNetwork, Tensor }, layer, operands, dtype) {
  const shapes = operandShapes(layer);
  const stored = (/** @type {string} */ name) => {
    const tensor = Tensor.from(operands[name], shapes[name], dtype);
    return {
      name,
      shape: tensor.shape,
      dtype,
      read: () => Promise.resolve(tensor),
      values: tensor.numbers(),
    };
  };
  const trained = PARAMETERS.map(stored);
  const parameters = new Map(trained.map(parameter => [parameter.name, parameter]));
  const adam = trained.map(({ values }) => createAdam(values));
  const input = stored('x');
  return async () => {
    const run = startNetwork(network(), {
      batch: layer.x[0],
      input,
      parameters,
      budget: 1e9,
      seed: 1,
      dtype,
    });
    const layers = run.network.layers.map((_, index) => run.layer(index));
    const loss = (await layers[layers.length - 1].out.get()).at();
    const computed = layers.flatMap(({ dparameters }) => [dparameters.W, dparameters.b].filter(Boolean));
    const gradients = await Promise.all(computed.map(async gradient => (await gradient.get()).numbers()));
    adam.forEach((update, index) => update(gradients[index]));
    run.dispose();
    return {
      loss,
      gradients: Object.fromEntries(
        PARAMETERS.map((name, index) => [`d${name}`, Float32Array.from(gradients[index])]),
      ),
    };
  };
}

/** @param {Float32Array | Float64Array | import('../../../engine/kernels').Numbers} values is updated */
function createAdam(values) {
  const m = new Float64Array(values.length);
  const v = new Float64Array(values.length);
  let steps = 0;
  return (/** @type {ArrayLike<number>} */ gradient) => {
    steps++;
    const rate = (RATE * Math.sqrt(1 - BETA2 ** steps)) / (1 - BETA1 ** steps);
    for (let i = 0; i < values.length; i++) {
      m[i] += (1 - BETA1) * (gradient[i] - m[i]);
      v[i] += (1 - BETA2) * (gradient[i] ** 2 - v[i]);
      values[i] -= (rate * m[i]) / (Math.sqrt(v[i]) + EPSILON);
    }
  };
}

/**
 * What training is checked by: the gradients of the first step, and the losses of a few.
 * @param {() => Promise<{ loss: number, gradients: import('./operands.mjs').Arrays }>} step of a network that is untrained
 * @param {number} steps
 */
export async function trainingAnswer(step, steps) {
  const { loss, gradients } = await step();
  const losses = [loss];
  while (losses.length < steps) losses.push((await step()).loss);
  return { losses: Float32Array.from(losses), ...gradients };
}
