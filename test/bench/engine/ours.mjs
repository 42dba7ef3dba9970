// node ours.mjs THREADS: the product's side. What of the engine is timed is decided here and in fastKernels.mjs alone.
import { loadParts } from './built.mjs';
import { useFastKernels } from './fastKernels.mjs';
import { convolutionTask, poolingTask } from './layerTasks.mjs';
import { serve } from './serve.mjs';
import { createTraining, trainingAnswer } from './training.mjs';

const parts = await loadParts();
const kernels = await useFastKernels(parts, Number(process.argv.at(-1)));

await serve(({ layer, direction, operands }) => {
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
