import assert from 'node:assert/strict';
import {
  packSummary,
  unpackSummary,
  type FileArray,
  type TensorFileSummary,
} from '../../../webview/protocol';

function summaryOf(arrays: readonly FileArray[]): TensorFileSummary {
  return { file: 'a.npz', format: 'npz', size: 9, notes: [{ name: 'x', reason: 'y' }], metadata: [], arrays };
}

const W: FileArray = {
  name: 'W',
  dtype: 'float32',
  storedType: 'F32',
  shape: [2, 3],
  byteLength: 24,
  metadata: [],
};

describe('protocol/packedSummary', () => {
  it('arrives as it was: types, texts without a dtype, metadata, hostile names', () => {
    const summary = summaryOf([
      W,
      { ...W, name: '__proto__', storedType: '<f4', metadata: [{ name: 'unit', value: 'mV' }] },
      { name: 'labels', storedType: '<U5', shape: [], byteLength: 20, metadata: [] },
      { ...W, name: 'b "\u{1F600}', shape: [0], byteLength: 0 },
    ]);
    assert.deepEqual(unpackSummary(packSummary(summary)), summary);
    assert.deepEqual(unpackSummary(packSummary(summaryOf([]))), summaryOf([]));
  });

  it('takes little more than the names of arrays that are alike', () => {
    const arrays = Array.from({ length: 1000 }, (_, i) => ({ ...W, name: `weight${i}` }));
    const { packedArrays } = packSummary(summaryOf(arrays));
    assert.ok(packedArrays.byteLength < 26 * arrays.length, `${packedArrays.byteLength} bytes`);
  });
});
