import assert from 'node:assert/strict';
import { columnsOf } from '../../../webview/model/columns';
import type { RunSummary } from '../../../webview/protocol';
import { smallRun } from '../summaries';

describe('columnsOf', () => {
  const columns = (run: RunSummary, operation: string, layer: string): readonly (readonly string[])[] => {
    const step = run.steps.find(candidate => candidate.operation === operation && candidate.layer === layer);
    assert.ok(step, `no ${operation} in ${layer}`);
    return columnsOf(step, name => run.arrays.some(array => array.name === name));
  };

  it('shows im2col between what it reads and what becomes of it', async () => {
    const run = await smallRun({ pad: 1, pool: { kind: 'max', size: 2 } });
    assert.deepEqual(columns(run, 'im2col', 'conv'), [['xPad', 'W'], ['col'], ['out']]);
    assert.deepEqual(columns(run, 'im2col', 'pool'), [['out'], ['pool.col'], ['pool.out']]);
  });

  it('gives each factor of the product a column', async () => {
    assert.deepEqual(columns(await smallRun(), 'matmul', 'conv'), [['col'], ['colW'], ['dot']]);
  });

  it('shows col2im as it accumulates, with the overlap', async () => {
    const run = await smallRun({ pool: { kind: 'max', size: 2 } });
    assert.deepEqual(columns(run, 'col2im', 'conv'), [['dcol'], ['dxPartial'], ['overlap'], ['dx']]);
    assert.deepEqual(columns(run, 'col2im', 'pool'), [
      ['pool.dcol'],
      ['pool.dxPartial'],
      ['pool.overlap'],
      ['dout'],
    ]);
  });

  it('has pictures for every step, each array once', async () => {
    const run = await smallRun({ pad: 1, pool: { kind: 'average', size: 2, pad: 1 } });
    const names = new Set(run.arrays.map(({ name }) => name));
    for (const step of run.steps) {
      const shown = columnsOf(step, name => names.has(name)).flat();
      assert.ok(shown.length > 0, step.id);
      assert.equal(new Set(shown).size, shown.length, step.id);
      for (const output of step.outputs) assert.ok(shown.includes(output), `${step.id} hides ${output}`);
    }
  });
});
