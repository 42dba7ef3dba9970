// node im2colSpeed.mjs PATIENCE: prints for each layer the milliseconds of im2col and of a copy of as many bytes.
import { loadParts } from './built.mjs';
import { mnist, residual } from './layers.mjs';
import { makeOperands } from './operands.mjs';
import { timeRuns } from './timeRuns.mjs';
import { takeTurns } from './turns.mjs';

const patience = JSON.parse(process.argv[2]);
const { im2col, Tensor } = await loadParts();

const answers = [];
for (const layer of [mnist, residual]) {
  const x = Tensor.wrap(makeOperands(layer).x, layer.x, 'float32');
  const [, , FH, FW] = layer.W;
  const build = () => im2col(x, FH, FW, layer);
  const col = build().numbers();
  const copy = new Float32Array(col.length);
  const timed = (/** @type {() => unknown} */ run) => ({
    time: (/** @type {number} */ ms) => timeRuns(run, ms),
  });
  const [took, copying] = await takeTurns([timed(build), timed(() => copy.set(col))], patience);
  answers.push({ layer: layer.name, took, copying, megabytes: copy.byteLength / 1e6 });
}
console.log(JSON.stringify(answers));
