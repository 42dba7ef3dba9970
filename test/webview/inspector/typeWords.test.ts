import assert from 'node:assert/strict';
import type { DType } from '../../../engine';
import { storedText, typeText } from '../../../webview/inspector/typeWords';

describe('inspector/typeWords', () => {
  const alike: [storedType: string, dtype: DType][] = [
    ['<f4', 'float32'],
    ['F32', 'float32'],
    ['FLOAT', 'float32'],
    ['torch.float32', 'float32'],
    ['BF16', 'bfloat16'],
    ['|u1', 'uint8'],
    ['U8', 'uint8'],
    ['|b1', 'bool'],
    ['int64', 'int64'],
  ];
  for (const [storedType, dtype] of alike)
    it(`${storedType} says no more than ${dtype}`, () => assert.equal(storedText({ storedType, dtype }), ''));

  const different: [storedType: string, dtype: DType][] = [
    ['>f4', 'float32'],
    ['F4', 'float32'],
    ['big-endian float32', 'float32'],
    ['uint8 · scale + min', 'float32'],
    ['<c8', 'float32'],
  ];
  for (const [storedType, dtype] of different)
    it(`${storedType} is not just ${dtype}`, () => {
      assert.equal(storedText({ storedType, dtype }), `stored as ${storedType}`);
      assert.equal(typeText({ storedType, dtype }), dtype);
    });

  it('are the file’s own where the elements are no numbers', () => {
    assert.equal(typeText({ storedType: '<U3' }), '<U3');
    assert.equal(storedText({ storedType: '<U3' }), '');
  });
});
