import assert from 'node:assert/strict';
import {
  heldIndex,
  layerOf,
  movedIndex,
  positionsAt,
  type Positions,
} from '../../../webview/model/positions';
import type { ArrayInfo, RunSummary } from '../../../webview/protocol';
import { smallRun } from '../summaries';

describe('positions', () => {
  let run: RunSummary;
  before(async () => (run = await smallRun({ pool: { kind: 'max', size: 2 } })));
  const array = (name: string): ArrayInfo => {
    const found = run.arrays.find(candidate => candidate.name === name);
    assert.ok(found);
    return found;
  };
  const held = (name: string, positions: Positions): number[] =>
    heldIndex(array(name), layerOf(array(name), run.layers), positions);

  it('follows a cell into all arrays of its layers', () => {
    const positions = positionsAt(array('out'), run.layers, [1, 3, 0, 2], {});
    assert.deepEqual(held('x', positions), [1, 0, 0, 0]);
    assert.deepEqual(held('pool.out', positions).slice(0, 2), [1, 3]);
    assert.deepEqual(held('dout', positions).slice(0, 2), [1, 3]);
  });

  it('takes the channels of a pooling for the filters of the convolution before it', () => {
    const positions = positionsAt(array('pool.out'), run.layers, [0, 2, 1, 1], {});
    assert.deepEqual(held('out', positions).slice(0, 2), [0, 2]);
  });

  it('reads sample and channel from a row and a column of col', () => {
    // (N·OH·OW, C·FH·FW) = (2·4·4, 2·3·2)
    const positions = positionsAt(array('col'), run.layers, [16 + 5, 6 + 1], {});
    assert.deepEqual(held('x', positions).slice(0, 2), [1, 1]);
  });

  it('follows the tap of a partial col2im', () => {
    const positions = positionsAt(array('dxPartial'), run.layers, [4, 1, 0, 2, 2], {});
    assert.equal(held('overlap', positions)[0], 4);
  });

  it('stays the same object where nothing moves', () => {
    const positions = positionsAt(array('out'), run.layers, [1, 3, 0, 2], {});
    assert.equal(positionsAt(array('out'), run.layers, [1, 3, 2, 2], positions), positions);
  });

  it('moves a cell to another sample, in a map and in a row', () => {
    assert.deepEqual(movedIndex(array('out'), run.layers, [0, 3, 1, 2], 'n', 1), [1, 3, 1, 2]);
    assert.deepEqual(movedIndex(array('col'), run.layers, [5, 7], 'n', 1), [16 + 5, 7]);
    assert.deepEqual(movedIndex(array('pool.out'), run.layers, [0, 3, 1, 0], 'f', 2), [0, 2, 1, 0]);
    assert.equal(movedIndex(array('W'), run.layers, [0, 0, 0, 0], 'n', 1), undefined);
  });

  it('never leaves the array', () => {
    assert.deepEqual(held('x', { n: 99, c: 99 }), [1, 1, 0, 0]);
  });
});
