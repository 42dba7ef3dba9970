import assert from 'node:assert/strict';
import { parseRunRequest } from '../../../extension/run/parseRunRequest';
import type { RunRequest } from '../../../webview/protocol';

describe('a run request from outside', () => {
  const minimal = { weights: { file: 'a.npy' }, input: { file: 'b.npy' } };

  it('passes with all its fields, and without those it does not have', () => {
    const request: RunRequest = {
      weights: { file: 'a.npy', name: 'W' },
      bias: { file: 'a.npy', name: 'b' },
      input: { file: 'b.npy', name: 'x', sample: 3, scale: 'byte' },
      stride: [2, 1],
      pad: [0, 1, 2, 3],
      dilation: 2,
      groups: 4,
      pool: { kind: 'average', size: 'global', stride: 1, pad: 0, ceilMode: true, countIncludePad: false },
      dout: { kind: 'file', file: 'c.npy', name: 'd' },
    };
    assert.deepEqual(parseRunRequest({ ...request, anything: 'else' }), request);
    for (const bias of [null, undefined]) assert.equal(parseRunRequest({ ...minimal, bias }).bias, bias);
    assert.deepEqual(parseRunRequest({ ...minimal, dout: { kind: 'cell', index: [0, 1] } }).dout, {
      kind: 'cell',
      index: [0, 1],
    });
  });

  const broken: [unknown, RegExp][] = [
    [undefined, /"args" must be an object, it is missing/],
    ['params.pkl', /"args" must be an object, it is "params.pkl"/],
    [{ input: { file: 'x' } }, /"weights" must be an object, it is missing/],
    [{ ...minimal, input: { file: '' } }, /"input\.file" must be a text, it is ""/],
    [{ ...minimal, stride: '2' }, /"stride" must be a list of numbers, it is "2"/],
    [
      { ...minimal, stride: [1, 2, 3] },
      /"stride" must be a number or \[vertical, horizontal\], it is \[1,2,3\]/,
    ],
    [{ ...minimal, pad: [1, 2, 3] }, /"pad" must be a number or/],
    [{ ...minimal, pool: { kind: 'min', size: 2 } }, /"pool\.kind" must be one of "max", "average"/],
    [{ ...minimal, dout: { kind: 'random' } }, /"dout\.seed" must be a number, it is missing/],
    [{ ...minimal, input: { file: 'x', sample: '3' } }, /"input\.sample" must be a number/],
  ];
  for (const [value, expected] of broken) {
    it(`is refused with the field's name: ${expected.source}`, () => {
      assert.throws(() => parseRunRequest(value), expected);
    });
  }
});
