// The right answers: by the engine's reference kernels, whose sums run in float64.
import { loadParts } from './built.mjs';
import { convolutionTask, poolingTask } from './layerTasks.mjs';
import { createTraining, trainingAnswer } from './training.mjs';

/**
 * @param {import('./layers.mjs').Layer} layer
 * @param {import('./layers.mjs').Direction} direction
 * @param {import('./operands.mjs').Arrays} operands
 */
export async function referenceAnswer(layer, direction, operands) {
  const parts = await loadParts();
  switch (layer.kind) {
    case 'convolution':
      return convolutionTask(parts, () => parts.reference, layer, direction, operands).answer();
    case 'pooling':
      return poolingTask(parts, () => parts.reference, layer, direction, operands).answer();
    case 'network':
      return trainingAnswer(createTraining(parts, layer, operands, 'float64'), layer.checked);
  }
}
