// node firstRun.mjs: prints the milliseconds from nothing to the first result: loading, compiling and one small layer.
import { loadParts } from './built.mjs';
import { useFastKernels } from './fastKernels.mjs';
import { convolutionTask } from './layerTasks.mjs';
import { digit } from './layers.mjs';
import { makeOperands } from './operands.mjs';

const operands = makeOperands(digit);
const start = performance.now();
const parts = await loadParts();
await convolutionTask(parts, await useFastKernels(parts, 1), digit, 'forward', operands).run();
console.log(performance.now() - start);
