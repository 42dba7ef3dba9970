// node ours.mjs THREADS: the product's side. What of the engine is timed is decided here alone.
import { loadParts } from './built.mjs';
import { convolutionTask, poolingTask } from './layerTasks.mjs';
import { serve, Unsupported } from './serve.mjs';
import { createTraining, trainingAnswer } from './training.mjs';

const parts = await loadParts();

await serve(({ layer, direction, threads, operands }) => {
  const kernels = parts.kernels();
  if (kernels.threads !== threads) throw new Unsupported(`the kernels have ${kernels.threads} threads`);
  switch (layer.kind) {
    case 'convolution':
      return convolutionTask(parts, kernels, layer, direction, operands);
    case 'pooling':
      return poolingTask(parts, kernels, layer, direction, operands);
    case 'network': {
      const start = () => createTraining(parts, layer, operands, 'float32');
      return { run: start(), answer: () => trainingAnswer(start(), layer.checked) };
    }
  }
});
