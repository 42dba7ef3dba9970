// node firstRun.mjs: which kernels there are, and the milliseconds from nothing to a first result: loading, compiling and
// one small layer.
import { loadParts } from './built.mjs';
import { useFastKernels } from './fastKernels.mjs';
import { convolutionTask } from './layerTasks.mjs';
import { digit } from './layers.mjs';
import { makeOperands } from './operands.mjs';

const operands = makeOperands(digit);
const start = performance.now();
const parts = await loadParts();
const kernels = await useFastKernels(parts, 1);
await convolutionTask(parts, kernels, digit, 'forward', operands).run();
console.log(JSON.stringify({ took: performance.now() - start, set: kernels().set }));
