import assert from 'node:assert/strict';
import { checkLayout, typedLayout, type TypedLayout } from '../../../../webview/inspector/raw/rawLayout';

const typed = (patch: Partial<TypedLayout>): TypedLayout => ({ ...typedLayout(undefined), ...patch });

describe('layout of raw bytes as typed', () => {
  it('takes the whole file for float32 at first', () => {
    assert.deepEqual(checkLayout(typedLayout(undefined), 4096), {
      kind: 'fits',
      layout: { dtype: 'float32', shape: [1024], offset: 0, order: 'C', littleEndian: true },
      bytes: 4096,
      left: 0,
    });
  });

  it('is what was answered before', () => {
    const layout = { dtype: 'int16', shape: [3, 4], offset: 8, order: 'F', littleEndian: false } as const;
    const check = checkLayout(typedLayout(layout), 40);
    assert.deepEqual(check, { kind: 'fits', layout, bytes: 24, left: 8 });
  });

  for (const shape of ['3, 4', '(3,4)', ' [3 4] ', '3×4', '3 x 4']) {
    it(`reads the shape ${shape}`, () => {
      const check = checkLayout(typed({ shape }), 48);
      assert.ok(check.kind === 'fits');
      assert.deepEqual(check.layout.shape, [3, 4]);
    });
  }

  it('finds the one extent that is -1, as NumPy does', () => {
    const check = checkLayout(typed({ shape: '2, -1, 3', offset: '6' }), 6 + 4 * 25);
    assert.ok(check.kind === 'fits');
    assert.deepEqual([check.layout.shape, check.left], [[2, 4, 3], 4]);
  });

  it('says how many bytes are missing', () => {
    assert.deepEqual(checkLayout(typed({ shape: '3, 5' }), 48), { kind: 'missing', bytes: 60, missing: 12 });
    assert.deepEqual(checkLayout(typed({ shape: '1', offset: '50' }), 48), {
      kind: 'missing',
      bytes: 4,
      missing: 6,
    });
  });

  for (const shape of ['3, a', '-2', '-1, -1', '1.5', '99999999, 99999999, 99999999', '1e3'])
    it(`refuses the shape ${shape}`, () => {
      assert.deepEqual(checkLayout(typed({ shape }), 48), { kind: 'shape' });
    });

  for (const offset of ['', '-1', '1.5', 'x'])
    it(`refuses the offset '${offset}'`, () => {
      assert.deepEqual(checkLayout(typed({ offset }), 48), { kind: 'offset' });
    });
});
