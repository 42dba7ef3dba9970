import assert from 'node:assert/strict';
import { analyse, type Network, type OpenShape, type ParameterListing } from '../../../engine/network';
import {
  bookListing,
  bookNetwork,
  errorsOf,
  fixText,
  listingOf,
  mended,
  networkOf,
  problemText,
  type Item,
} from './networks';

interface Warning {
  readonly text: string;
  readonly message: string;
  readonly fixes: readonly string[];
}

/** The warnings of a network without errors; each fix is tried. */
function warningsOf(network: Network, listing?: ParameterListing): Warning[] {
  const analysis = analyse(network, listing);
  assert.deepEqual(errorsOf(analysis), []);
  return analysis.problems.map(problem => {
    const text = problemText(problem);
    for (const fix of problem.fixes) {
      const { problems } = mended(network, listing, problem, fix);
      assert.deepEqual(errorsOf({ problems }), [], fixText(fix));
      if (problem.place.layer !== undefined)
        assert.ok(!problems.map(problemText).includes(text), fixText(fix));
    }
    return { text, message: problem.message, fixes: problem.fixes.map(fixText) };
  });
}

const textsOf = (shape: OpenShape, ...items: Item[]): string[] =>
  warningsOf(networkOf(shape, ...items)).map(({ text }) => text);

describe('warnings', () => {
  it("are none of the book's network", () => {
    assert.deepEqual(warningsOf(bookNetwork(), bookListing()), []);
  });

  it('tell of a border that the stride drops, and what would keep it', () => {
    const [warning] = warningsOf(networkOf(['N', 1, 28, 27], { type: 'maxpool', size: 3, stride: 3 }));
    assert.equal(warning.text, '0.stride droppedBorder');
    assert.equal(
      warning.message,
      'maxpool: with a stride of 3 no window reaches the last row of x: x (N,1,28,27), out (N,1,9,9)',
    );
    assert.ok(warning.fixes.includes('0.pad=[0,0,2,2]'));
    assert.ok(warning.fixes.includes('0.ceilMode=true'));
    const [columns] = warningsOf(networkOf(['N', 1, 8, 11], { type: 'avgpool', size: 4 }));
    assert.match(columns.message, /with a stride of 4 no window reaches the last 3 columns of x/);
    assert.equal(columns.text, '0.size droppedBorder');
  });

  it('offer nothing that would break the layers after', () => {
    const [warning] = warningsOf(bookNetwork({}, ['N', 1, 29, 29]), bookListing());
    assert.equal(warning.text, '2.size droppedBorder');
    assert.deepEqual(warning.fixes, ['2.size=3 2.stride=2']);
  });

  it('say nothing of padding that is dropped, nor of positions between windows', () => {
    const conv = (attributes: Partial<Item>): Item => ({ type: 'conv', filters: 1, ...attributes });
    assert.deepEqual(textsOf(['N', 1, 224, 224], conv({ size: 7, stride: 2, pad: 3 })), []);
    assert.deepEqual(textsOf(['N', 1, 56, 56], conv({ size: 1, stride: 2 })), []);
    assert.deepEqual(textsOf(['N', 1, 6, 6], conv({ size: 1, stride: 3 })), []);
  });

  it('tell of windows that see nothing but padding', () => {
    const [warning] = warningsOf(networkOf(['N', 1, 8, 8], { type: 'maxpool', size: 2, pad: 2 }));
    assert.equal(warning.text, '0.pad paddingWindow');
    assert.deepEqual(warning.fixes[0], '0.pad=1');
    assert.deepEqual(textsOf(['N', 1, 8, 8], { type: 'maxpool', size: 2, pad: [0, 0, 2, 0] }), [
      '0.pad paddingWindow',
    ]);
    assert.deepEqual(textsOf(['N', 1, 8, 8], { type: 'maxpool', size: 3, stride: 1, pad: 1 }), []);
  });

  it('tell of layers that do nothing', () => {
    const idle: [OpenShape, ...Item[]][] = [
      [['N', 1, 8, 8], { type: 'maxpool', size: 1 }],
      [['N', 1, 8, 8], { type: 'avgpool', size: 1, stride: 1 }],
      [['N', 5, 1, 1], { type: 'globalavgpool' }],
      [['N', 64], { type: 'flatten' }],
      [['N', 64], { type: 'reshape', shape: ['N', -1] }],
      [['N', 8, 8], { type: 'transpose', axes: [0, 1, 2] }],
      [['N', 64], { type: 'dropout' }],
    ];
    for (const [shape, ...items] of idle) assert.deepEqual(textsOf(shape, ...items), ['0.type doesNothing']);
    assert.deepEqual(textsOf(['N', 4], { type: 'relu' }, { type: 'relu' }), ['1.type doesNothing']);
    assert.deepEqual(textsOf(['N', 4], { type: 'sigmoid' }, { type: 'relu' }), ['1.type doesNothing']);
  });

  it('say nothing of layers that do something', () => {
    const busy: [OpenShape, ...Item[]][] = [
      [['N', 1, 8, 8], { type: 'maxpool', size: 1, stride: 7 }],
      [['N', 5, 2, 1], { type: 'globalavgpool' }],
      [['N', 8, 8], { type: 'flatten' }, { type: 'dropout', inverted: false }, { type: 'relu' }],
      [['N', 8, 8], { type: 'transpose', axes: [0, 2, 1] }, { type: 'tanh' }, { type: 'relu' }],
    ];
    for (const [shape, ...items] of busy) assert.deepEqual(textsOf(shape, ...items), []);
  });

  it('tell of parameters that no layer uses, and offer them as the biases they are', () => {
    const network = bookNetwork({ 0: { type: 'conv', W: 'W1' } });
    const [warning] = warningsOf(network, bookListing({ momentum: [3] }));
    assert.equal(warning.text, '.params unusedParameter');
    assert.equal(warning.message, "params: no layer uses 'b1', 'momentum'");
    assert.deepEqual(warning.fixes, ['0.b="b1"']);
    const torch = networkOf(['N', 4], { type: 'affine', W: 'fc.weight' });
    const listing = listingOf({ 'fc.weight': [4, 2], 'fc.bias': [2] });
    assert.deepEqual(warningsOf(torch, listing)[0].fixes, ['0.b="fc.bias"']);
    const many = listingOf(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`p${i}`, [1]])));
    assert.match(warningsOf(networkOf(['N', 4], { type: 'relu' }), many)[0].message, /'p5' and 3 more$/);
  });

  it('tell of layers called like parameters', () => {
    const network = networkOf(['N', 4], { type: 'affine', name: 'W', W: 'W' });
    assert.deepEqual(
      warningsOf(network, listingOf({ W: [4, 2] })).map(({ text }) => text),
      ['0.name shadowedName'],
    );
  });
});
