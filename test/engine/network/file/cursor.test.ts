import assert from 'node:assert/strict';
import { cursorAt } from '../../../../engine/network';

/** The cursor where the text has a bar, and the literal there. */
function at(text: string) {
  const offset = text.indexOf('|');
  const plain = text.replace('|', '');
  const { path, isKey, literal } = cursorAt(plain, offset);
  return [path, isKey, literal && plain.slice(literal.offset, literal.offset + literal.length)];
}

describe('cursorAt', () => {
  it('finds values, complete, begun and missing', () => {
    assert.deepEqual(at('{"params": "par|ams.pkl"}'), [['params'], false, '"params.pkl"']);
    assert.deepEqual(at('{"params": "par|'), [['params'], false, '"par']);
    assert.deepEqual(at('{"params": | }'), [['params'], false, undefined]);
    assert.deepEqual(at('{"layers": [{"from": ["a", "b|"]}]}'), [['layers', 0, 'from', 1], false, '"b"']);
  });

  it('finds keys, and the places of layers', () => {
    assert.deepEqual(at('{"layers": [{"ty|pe": "conv"}]}'), [['layers', 0, 'type'], true, undefined]);
    assert.deepEqual(at('{"layers": [{"type": "conv"}, |]}'), [['layers', 1], false, undefined]);
    assert.deepEqual(at('{"layers": [|]}')[0], ['layers', 0]);
  });

  it('takes the text of a value that is behind for none', () => {
    assert.deepEqual(at('{"name": "a", "params": |}')[2], undefined);
  });
});
