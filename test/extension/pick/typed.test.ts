import assert from 'node:assert/strict';
import type { PoolingOptions } from '../../../engine';
import { poolingText, readPooling } from '../../../extension/pick/poolingQuestion';
import { numbersText, readPad, readPair } from '../../../extension/pick/readNumbers';

describe('what is typed', () => {
  it('is a number, or two', () => {
    assert.equal(readPair('2'), 2);
    assert.equal(readPair(' 10 '), 10);
    assert.deepEqual(readPair('2, 1'), [2, 1]);
    assert.deepEqual(readPair('2x1'), [2, 1]);
    assert.deepEqual(readPair('(2, 1)'), [2, 1]);
    assert.equal(readPair('−1'), -1, 'a typographic minus');
  });

  it('is a padding of one, two or four numbers', () => {
    assert.equal(readPad('1'), 1);
    assert.deepEqual(readPad('1 2'), [1, 2]);
    assert.deepEqual(readPad('0, 1, 2, 3'), [0, 1, 2, 3]);
    assert.equal(readPad('0, 1, 2'), undefined);
  });

  it('is nothing else', () => {
    for (const text of ['', 'a', '1.5', '1e3', '1,,2', '1 2 3']) {
      assert.equal(readPair(text), undefined, text);
    }
  });

  const poolings: PoolingOptions[] = [
    { kind: 'max', size: 2 },
    { kind: 'max', size: [2, 3], stride: [1, 2], pad: [0, 1, 0, 1] },
    { kind: 'average', size: 3, stride: 2, pad: 1, ceilMode: true, countIncludePad: false },
    { kind: 'average', size: 'global' },
  ];
  for (const options of poolings) {
    it(`is a pooling that reads back as it was written: ${poolingText(options)}`, () => {
      assert.deepEqual(readPooling(poolingText(options)), options);
    });
  }

  it('is no pooling', () => {
    for (const text of ['', 'max', 'min 2', 'max two', 'max 2 stride', 'max 2 pad 1 stride 1', 'max 2 2 2']) {
      assert.equal(readPooling(text), undefined, text);
    }
  });

  it('is shown as it is typed', () => {
    assert.equal(numbersText(3), '3');
    assert.equal(numbersText([1, 2, 3, 4]), '1, 2, 3, 4');
  });
});
