import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  composeSlices,
  formatSlice,
  IndexError,
  parseSlice,
  slice,
  sliceShape,
  Tensor,
  type Region,
} from '../../../engine';
import { indicesIn } from './arbitraries';

const SHAPE = [30, 3, 5, 7];

/** Shape and elements, as nested lists would be compared. */
function select(text: string, shape: number[]): { shape: readonly number[]; values: number[] } {
  const result = slice(Tensor.arange(shape, 'int32'), text);
  return { shape: result.shape, values: Array.from(result.numbers()) };
}

interface Part {
  text: string;
  positions: number[];
  isIndex: boolean;
}

/** What Python's own words say a slice of a list selects: walk by step from start while stop is not reached. */
function walk(extent: number, start: number | undefined, stop: number | undefined, step: number): number[] {
  const fromEnd = (position: number): number => (position < 0 ? position + extent : position);
  let at = start === undefined ? (step > 0 ? 0 : extent - 1) : fromEnd(start);
  // Positions beyond an end count as the end.
  at = step > 0 ? Math.max(at, 0) : Math.min(at, extent - 1);
  const isPastStop = (position: number): boolean => {
    if (stop === undefined) return false;
    return step > 0 ? position >= fromEnd(stop) : position <= fromEnd(stop);
  };
  const positions: number[] = [];
  for (; at >= 0 && at < extent && !isPastStop(at); at += step) positions.push(at);
  return positions;
}

function parts(extent: number): fc.Arbitrary<Part> {
  const position = fc.option(fc.integer({ min: -8, max: 8 }), { nil: undefined });
  const step = fc.option(
    fc.integer({ min: -4, max: 4 }).filter(value => value !== 0),
    { nil: undefined },
  );
  const slices = fc.record({ start: position, stop: position, step }).map(({ start, stop, step }) => ({
    text: `${start ?? ''}:${stop ?? ''}${step === undefined ? '' : `:${step}`}`,
    positions: walk(extent, start, stop, step ?? 1),
    isIndex: false,
  }));
  if (extent === 0) return slices;
  const indices = fc.integer({ min: -extent, max: extent - 1 }).map(index => ({
    text: String(index),
    positions: [index < 0 ? index + extent : index],
    isIndex: true,
  }));
  return fc.oneof(slices, indices);
}

function product(lists: readonly number[][]): number[][] {
  return lists.reduce<number[][]>(
    (all, list) => all.flatMap(head => list.map(item => [...head, item])),
    [[]],
  );
}

describe('slice expressions', () => {
  it('select as Python does', () => {
    const cases = fc
      .array(fc.nat(5), { minLength: 1, maxLength: 3 })
      .chain(shape => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(parts))));
    fc.assert(
      fc.property(cases, ([shape, given]) => {
        const { region, kept } = parseSlice(given.map(part => part.text).join(', '), shape);
        assert.deepEqual([...indicesIn(region)], product(given.map(part => part.positions)));
        assert.deepEqual(
          kept,
          given.flatMap((part, axis) => (part.isIndex ? [] : [axis])),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('drop the axes that have an index', () => {
    assert.deepEqual(select('1', [2, 3]), { shape: [3], values: [3, 4, 5] });
    assert.deepEqual(select('1, 2', [2, 3]), { shape: [], values: [5] });
    assert.deepEqual(select('1:2, -1', [2, 3]), { shape: [1], values: [5] });
  });

  it('turn an axis round', () => {
    assert.deepEqual(select('::-1, ::-2', [2, 3]), { shape: [2, 2], values: [5, 3, 2, 0] });
  });

  it('fill up the axes not given', () => {
    const regionOf = (text: string): Region => parseSlice(text, SHAPE).region;
    assert.deepEqual(regionOf('3'), regionOf('3, :, :, :'));
    assert.deepEqual(regionOf('3, ...'), regionOf('3, :, :, :'));
    assert.deepEqual(regionOf('..., 3'), regionOf(':, :, :, 3'));
    assert.deepEqual(regionOf('1, ..., 3'), regionOf('1, :, :, 3'));
    assert.deepEqual(regionOf('1, 2, ..., 4, 3'), regionOf('1, 2, 4, 3'));
    assert.deepEqual(regionOf('...'), regionOf(''));
  });

  it('may carry the name and the brackets, and spaces anywhere', () => {
    const expected = parseSlice('3, 0:2', SHAPE);
    for (const text of ['[3, 0:2]', 'W1[3, 0:2]', ' conv1.weight [ 3 ,0 : 2 ] ', '3,0:2,', '+3, 0:2:'])
      assert.deepEqual(parseSlice(text, SHAPE), expected, text);
  });

  it('mean the whole array where they are empty', () => {
    for (const text of ['', '  ', 'W1[]'])
      assert.deepEqual(select(text, [2, 2]), { shape: [2, 2], values: [0, 1, 2, 3] });
    assert.deepEqual(select('', []), { shape: [], values: [0] });
  });

  it('cut a slice to its axis however far it reaches', () => {
    assert.deepEqual(select(`-${'9'.repeat(400)}:${'9'.repeat(400)}`, [3]).values, [0, 1, 2]);
    assert.deepEqual(select(`1::${'9'.repeat(400)}`, [3]).values, [1]);
    assert.deepEqual(select('5:', [3]), { shape: [0], values: [] });
  });

  for (const [text, message] of [
    ['30', /index 30 is out of range on axis 0 of \(30, 3, 5, 7\): it has -30…29/],
    ['0, -4', /index -4 is out of range on axis 1/],
    ['0, ::0', /slice '::0' on axis 1 .* has the step 0/],
    ['0, 0, 0, 0, 0', /has 5 indices, the array \(30, 3, 5, 7\) has 4 axes/],
    ['..., 0, ...', /more than one '...'/],
    ['0, x', /'x' on axis 1 of \(30, 3, 5, 7\) is neither/],
    ['1.5', /'1.5' on axis 0/],
    ['0,,1', /'' on axis 1/],
    ['1:2:3:4', /'1:2:3:4' on axis 0/],
    ['None', /'None' on axis 0/],
    ['W[0][1]', /one pair of brackets/],
    ['[[0, 1]]', /one pair of brackets/],
    ['W[0', /one pair of brackets/],
    ['- 1', /'- 1' on axis 0/],
  ] as const) {
    it(`refuse ${text}`, () => {
      assert.throws(
        () => parseSlice(text, SHAPE),
        (error: unknown) => error instanceof IndexError && message.test(error.message),
      );
    });
  }

  it('say that an empty axis has no index', () => {
    assert.throws(() => parseSlice('0', [0]), /index 0 is out of range on axis 0 of \(0,\): it is empty/);
  });

  const shapes = fc.array(fc.nat(5), { minLength: 1, maxLength: 3 });
  const texts = (shape: readonly number[]) =>
    fc.tuple(...shape.map(parts)).map(given => given.map(part => part.text).join(', '));

  it('are written as text that selects the same', () => {
    const cases = shapes.chain(shape => fc.tuple(fc.constant(shape), texts(shape)));
    fc.assert(
      fc.property(cases, ([shape, text]) => {
        const parsed = parseSlice(text, shape);
        const { region, kept } = parseSlice(formatSlice(parsed, shape), shape);
        assert.deepEqual([...indicesIn(region)], [...indicesIn(parsed.region)]);
        assert.deepEqual(kept, parsed.kept);
      }),
      { numRuns: 500 },
    );
    const shortest = [
      [':, :', ''],
      ['3, 0, :, :', '3, 0'],
      ['0:30:2, ..., -1', '::2, :, :, 6'],
      ['::-1, 2:0:-1', '::-1, :0:-1'],
      ['4:4', '0:0'],
    ];
    for (const [text, expected] of shortest)
      assert.equal(formatSlice(parseSlice(text, SHAPE), SHAPE), expected, text);
  });

  it('select of what another one selects', () => {
    const cases = shapes.chain(shape =>
      texts(shape).chain(outer =>
        fc.tuple(fc.constant(shape), fc.constant(outer), texts(sliceShape(parseSlice(outer, shape)))),
      ),
    );
    fc.assert(
      fc.property(cases, ([shape, outer, inner]) => {
        const whole = Tensor.arange(shape, 'int32');
        const first = slice(whole, outer);
        const expected = slice(first, inner);
        const composed = composeSlices(parseSlice(outer, shape), parseSlice(inner, first.shape));
        const result = slice(whole, formatSlice(composed, shape));
        assert.deepEqual(result.shape, expected.shape);
        assert.deepEqual(result.numbers(), expected.numbers());
      }),
      { numRuns: 300 },
    );
  });
});
