// SimpleConvNet trained by the engine.
import { simpleConvNet } from '../networks.mjs';
import { operandShapes, PARAMETERS } from './operands.mjs';

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
export function createTraining({ adam, startTraining, Tensor }, layer, operands, dtype) {
  const shapes = operandShapes(layer);
  const tensorOf = (/** @type {string} */ name) => Tensor.from(operands[name], shapes[name], dtype);
  const parameters = new Map(
    PARAMETERS.map(name => {
      const tensor = tensorOf(name);
      return [name, { name, shape: tensor.shape, dtype, read: () => Promise.resolve(tensor) }];
    }),
  );
  const learning = network();
  const loss = learning.layers[learning.layers.length - 1].name;
  const batch = { input: tensorOf('x'), targets: new Map([[loss, tensorOf('t')]]) };
  /** Those of the last step, in the order of the parameters. @type {import('../../../engine').Tensor[]} */
  const gradients = [];
  /** @type {import('../../../engine').Optimizer} */
  const optimizer = parameter => {
    const update = adam()(parameter);
    return gradient => {
      gradients.push(gradient);
      return update(gradient);
    };
  };
  const training = startTraining(learning, { parameters, budget: 1e9, seed: 1, dtype }, optimizer);
  return async () => {
    gradients.length = 0;
    return {
      loss: await (await training).step(batch),
      gradients: Object.fromEntries(
        PARAMETERS.map((name, index) => [`d${name}`, Float32Array.from(gradients[index].numbers())]),
      ),
    };
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
