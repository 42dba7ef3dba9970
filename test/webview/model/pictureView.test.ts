import assert from 'node:assert/strict';
import { heldAxes, viewOf, type Cut, type PictureView } from '../../../webview/model/pictureView';
import { layerOf } from '../../../webview/model/positions';
import type { ArrayInfo, RunSummary } from '../../../webview/protocol';
import { smallRun } from '../summaries';

function arrayNamed(run: RunSummary, name: string): ArrayInfo {
  const array = run.arrays.find(candidate => candidate.name === name);
  assert.ok(array, `no ${name}`);
  return array;
}

describe('viewOf', () => {
  let run: RunSummary;
  before(async () => (run = await smallRun({ pad: 1, pool: { kind: 'max', size: 2 } })));
  const view = (name: string, cut?: Cut): PictureView => {
    const array = arrayNamed(run, name);
    return viewOf(array, layerOf(array, run.layers), cut);
  };

  it('draws matrices and vectors as heat maps', () => {
    assert.deepEqual(view('col'), { kind: 'matrix', rowAxis: 0, columnAxis: 1 });
    assert.deepEqual(view('b'), { kind: 'matrix', columnAxis: 0 });
  });

  it('draws x one channel at a time, padded or not', () => {
    for (const name of ['x', 'xPad', 'dx'])
      assert.deepEqual(view(name), { kind: 'image', rowAxis: 2, columnAxis: 3 }, name);
  });

  it('draws filters and feature maps side by side', () => {
    assert.deepEqual(view('W'), { kind: 'maps', rowAxis: 2, columnAxis: 3, gridAxes: [0, 1] });
    assert.deepEqual(view('out'), { kind: 'maps', rowAxis: 2, columnAxis: 3, gridAxes: [1] });
    assert.deepEqual(view('nhwc'), { kind: 'maps', rowAxis: 1, columnAxis: 2, gridAxes: [3] });
    assert.deepEqual(view('pool.out'), { kind: 'maps', rowAxis: 2, columnAxis: 3, gridAxes: [1] });
  });

  it('cuts the six axes of col in two ways', () => {
    assert.deepEqual(view('col.axes', 'taps'), { kind: 'maps', rowAxis: 4, columnAxis: 5, gridAxes: [2, 3] });
    assert.deepEqual(view('col.axes', 'windows'), {
      kind: 'maps',
      rowAxis: 2,
      columnAxis: 3,
      gridAxes: [4, 5],
    });
  });

  it('steps through what is not drawn', () => {
    const held = (name: string): number[] => heldAxes(arrayNamed(run, name), view(name));
    assert.deepEqual(held('x'), [0, 1]);
    assert.deepEqual(held('out'), [0]);
    assert.deepEqual(held('col'), []);
    assert.deepEqual(held('dxPartial'), [0, 1, 2]);
    assert.deepEqual(held('overlap'), [0]);
  });
});
