import assert from 'node:assert/strict';
import { odditiesOf } from '../../../../webview/inspector/list/oddities';
import type { ArraySketch } from '../../../../webview/protocol';

const plain: ArraySketch = {
  histogram: [2, 2],
  min: -1,
  max: 1,
  zeros: 1,
  nan: 0,
  posInf: 0,
  negInf: 0,
  seen: 4,
};

describe('oddities of an array', () => {
  it('are none where values differ and are finite', () => {
    assert.deepEqual(odditiesOf(plain), []);
  });

  it('are NaN and the infinities, with their counts', () => {
    assert.deepEqual(odditiesOf({ ...plain, nan: 2, posInf: 1, negInf: 3 }), [
      { kind: 'nan', count: 2 },
      { kind: 'posInf', count: 1 },
      { kind: 'negInf', count: 3 },
    ]);
    assert.deepEqual(odditiesOf({ ...plain, histogram: [], min: NaN, max: NaN, zeros: 0, nan: 4 }), [
      { kind: 'nan', count: 4 },
    ]);
  });

  it('are that all values are 0, or the same', () => {
    const equal = { ...plain, histogram: [4], min: 0, max: 0 };
    assert.deepEqual(odditiesOf({ ...equal, zeros: 4 }), [{ kind: 'zero', count: 4 }]);
    assert.deepEqual(odditiesOf({ ...equal, min: 2, max: 2, zeros: 0 }), [{ kind: 'constant', count: 4 }]);
  });

  it('are none of a single number, nor of equal numbers among NaNs', () => {
    assert.deepEqual(odditiesOf({ ...plain, histogram: [1], min: 0, max: 0, seen: 1 }), []);
    assert.deepEqual(odditiesOf({ ...plain, histogram: [3], min: 5, max: 5, zeros: 0, nan: 1 }), [
      { kind: 'nan', count: 1 },
    ]);
  });
});
