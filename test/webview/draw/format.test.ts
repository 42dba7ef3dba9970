import assert from 'node:assert/strict';
import { brief, digitsWithin, exact, short } from '../../../webview/draw/format';

describe('draw/format', () => {
  it('shows all the digits a dtype holds, with a true minus sign', () => {
    assert.equal(exact(Math.fround(0.1), 'float32'), '0.1');
    assert.equal(exact(-0.1, 'float64'), '−0.1');
    assert.equal(exact(-7, 'int8'), '−7');
    assert.equal(exact(-9223372036854775808n, 'int64'), '−9223372036854775808');
    assert.equal(exact(NaN, 'float32'), 'NaN');
    assert.equal(exact(-Infinity, 'float32'), '−∞');
  });

  it('shortens for running text', () => {
    assert.equal(brief(-1.411042), '−1.411');
    assert.equal(brief(0.1 + 0.2), '0.3');
    assert.equal(brief(57600), '57600');
    assert.equal(brief(2.54e-7, 2), '2.5e-7');
    assert.equal(brief(-0.0000018169), '−1.8169e-6');
    assert.equal(brief(0.00013468), '0.00013468');
    assert.equal(brief(0.000099999999), '0.0001');
    assert.equal(brief(0.00001 - 0.00001), '0');
  });

  it('writes no digits that were never there', () => {
    assert.equal(brief(9223372036854775807), '9.2234e18');
    assert.equal(brief(9137443210), '9.1374e9');
    assert.equal(brief(-1373312.7), '−1.3733e6');
    assert.equal(brief(8e18, 4), '8e18');
  });

  it('has digits enough to tell the ends of a range apart', () => {
    const digits = digitsWithin(999995.6, 1000004.4);
    assert.equal(brief(999995.6, digits), '999995.6');
    assert.equal(brief(1000004.4, digits), '1000004.4'.slice(0, digits + 1));
    assert.equal(digitsWithin(-1, 1), 5);
    assert.equal(digitsWithin(3, 3), 5);
    assert.equal(digitsWithin(NaN, NaN), 5);
  });

  it('fits values into the room of a cell', () => {
    const cases: [value: number, room: number, text: string][] = [
      [0, 3, '0'],
      [0.6614, 3, '.66'],
      [-0.6614, 4, '−.66'],
      [-0.6614, 3, '−.7'],
      [1, 3, '1'],
      [-1.449, 4, '−1.4'],
      [12.345, 3, '12'],
      [1234.5, 3, '1e3'],
      [57600, 4, '6e4'],
      [0.0004, 3, '.00'],
      [0.0004, 4, '4e-4'],
      [-0.04, 3, '−0'],
      [-0.0004, 4, '−.00'],
      [NaN, 3, 'NaN'],
      [NaN, 2, ''],
      [-Infinity, 2, '−∞'],
      [-1e20, 4, ''],
    ];
    for (const [value, room, text] of cases) assert.equal(short(value, room), text, `${value} in ${room}`);
  });

  it('never exceeds the room, and tells zero from what rounds to it', () => {
    for (let exponent = -12; exponent <= 12; exponent++) {
      for (const mantissa of [1, -3.7, 9.996]) {
        for (let room = 1; room <= 6; room++) {
          const text = short(mantissa * 10 ** exponent, room);
          assert.ok(text.length <= room, text);
          assert.notEqual(text, '0');
        }
      }
    }
  });
});
