import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  analyse,
  applyChanges,
  changeNetwork,
  parseNetwork,
  type Fix,
  type Network,
  type ParameterListing,
  type Problem,
} from '../../../engine/network';
import { settleLayer, startWalk } from '../../../engine/network/settleLayer';
import {
  bookListing,
  bookNetwork,
  errorsOf,
  fixText,
  listingOf,
  mended,
  networkOf,
  onlyError,
  problemText,
  type Item,
} from './networks';

/** Whether with a fix its layer has no fault any more. */
function mends(network: Network, listing: ParameterListing, problem: Problem, fix: Fix): boolean {
  const name = network.layers[problem.place.layer ?? 0].name;
  const after = mended(network, listing, problem, fix);
  const at = after.layers.findIndex(layer => layer.name === name);
  return errorsOf(after).every(({ place }) => place.layer !== at);
}

/** The single fault, the nearest fix first; each fix is tried. */
function fixesOf(network: Network, listing: ParameterListing = bookListing()): string[] {
  const problem = onlyError(network, listing);
  for (const fix of problem.fixes) assert.ok(mends(network, listing, problem, fix), fixText(fix));
  return problem.fixes.map(fixText);
}

describe('fixes', () => {
  it('mend a stride, a pad or a pooling so that the rows meet', () => {
    const conv = (attributes: Partial<Item>): Network =>
      bookNetwork({ 0: { type: 'conv', W: 'W1', b: 'b1', ...attributes } });
    assert.equal(fixesOf(conv({ stride: 3 }))[0], '0.stride=1');
    assert.equal(fixesOf(conv({ pad: 1 }))[0], '0.pad=0');
    assert.equal(fixesOf(conv({ stride: -1 }))[0], '0.stride=1');
    assert.equal(fixesOf(conv({ stride: 1.5 }))[0], '0.stride=1');
    assert.equal(fixesOf(conv({ dilation: 2 }))[0], '0.dilation=1');
    assert.equal(fixesOf(bookNetwork({ 2: { type: 'maxpool', size: 3 } }))[0], '2.size=2');
    assert.equal(fixesOf(bookNetwork({ 2: { type: 'maxpool' } }))[0], '2.size=2');
  });

  it('find what a pooling misses: its pad, or ceil mode', () => {
    const fixes = fixesOf(bookNetwork({ 2: { type: 'maxpool', size: 3, stride: 2 } }));
    assert.ok(fixes.includes('2.pad=1'));
    assert.ok(fixes.includes('2.ceilMode=true'));
    assert.ok(fixes.length <= 6);
  });

  it('change two attributes of a pooling where one is not enough', () => {
    assert.deepEqual(fixesOf(bookNetwork(), bookListing({ W2: [30 * 11 * 11, 100] })), [
      '2.size=3 2.stride=2',
    ]);
  });

  it('put in a pooling that was forgotten', () => {
    const items: Item[] = [
      { type: 'conv', W: 'W1', b: 'b1' },
      { type: 'relu' },
      { type: 'affine', W: 'W2', b: 'b2' },
    ];
    assert.ok(fixesOf(networkOf(['N', 1, 28, 28], ...items)).includes('2+maxpool{"size":2}'));
  });

  it('take the filters that fit, and the bias that belongs to them', () => {
    assert.deepEqual(fixesOf(bookNetwork({ 3: { type: 'affine', W: 'W3', b: 'b3' } })), [
      '3.W="W2" 3.b="b2"',
    ]);
    assert.equal(fixesOf(bookNetwork({ 0: { type: 'conv', W: 'W1', b: 'b2' } }))[0], '0.b="b1"');
  });

  it('take the nearest name that fits', () => {
    const network = bookNetwork({ 3: { type: 'affine', W: 'w2', b: 'b2' } });
    const { message } = onlyError(network);
    assert.equal(message, "affine: no params file has 'w2' for W; did you mean 'W2' (4320,100)?");
    assert.deepEqual(fixesOf(network), ['3.W="W2"']);
  });

  it('recognise axes in the order of another library', () => {
    const cases: [Record<string, number[]>, string, RegExp][] = [
      [{ W2: [100, 4320] }, '3.wAxes=[1,0]', /\(out,in\), as PyTorch/],
      [{ W1: [5, 5, 1, 30] }, '0.wAxes=[3,2,0,1]', /\(FH,FW,C,FN\), as Keras/],
      [{ W1: [30, 5, 5, 1] }, '0.wAxes=[0,3,1,2]', /\(FN,FH,FW,C\), as TensorFlow Lite/],
      [{ W1: [1, 30, 5, 5] }, '0.wAxes=[1,0,2,3]', /\(C,FN,FH,FW\)/],
    ];
    for (const [shapes, fix, words] of cases) {
      const problem = onlyError(bookNetwork(), bookListing(shapes));
      assert.equal(problem.fault, 'permutedAxes');
      assert.equal(problem.place.key, 'W');
      assert.match(problem.message, words);
      assert.equal(fixesOf(bookNetwork(), bookListing(shapes))[0], fix);
    }
    const wrong = bookNetwork({ 3: { type: 'affine', W: 'W2', b: 'b2', wAxes: [1, 0] } });
    assert.deepEqual(fixesOf(wrong), ['3.wAxes=undefined']);
    assert.equal(
      onlyError(bookNetwork({ 3: { type: 'affine', W: 'W2', wAxes: [0, 1, 2] } })).place.key,
      'wAxes',
    );
  });

  it('are at W for permuted axes, whatever shape of b makes them known', () => {
    const network = networkOf(['N', 3, 8, 8], { type: 'conv', W: 'W', b: 'b' });
    const listing = listingOf({ W: [3, 3, 3, 4], b: [4] });
    const { message, place } = onlyError(network, listing);
    assert.equal(place.key, 'W');
    assert.match(message, /^conv: W \(3,3,3,4\) is probably \(FH,FW,C,FN\), as Keras .*it takes \(FN,C/);
    assert.deepEqual(fixesOf(network, listing), ['0.wAxes=[3,2,0,1]']);
  });

  it('rather pad a pooling than halve its windows', () => {
    const network = bookNetwork({ 2: { type: 'maxpool', size: 4, stride: 2 } });
    assert.deepEqual(fixesOf(network).slice(0, 1), ['2.pad=1']);
  });

  it('change the input where that is what the network was made for', () => {
    assert.ok(fixesOf(bookNetwork({}, ['N', 1, 32, 32])).includes('.input=["N",1,28,28]'));
    assert.ok(fixesOf(bookNetwork({}, ['N', 3, 28, 28])).includes('.input=["N",1,28,28]'));
    assert.ok(fixesOf(bookNetwork({}, [1, 28, 28])).includes('.input=["N",1,28,28]'));
    assert.ok(fixesOf(bookNetwork({}, ['N', 28, 28, 1])).includes('0+transpose{"axes":[0,3,1,2]}'));
  });

  it('pad an input that is smaller than the filter', () => {
    const network = networkOf(['N', 1, 4, 4], { type: 'conv', filters: 2, size: 11 }, { type: 'relu' });
    assert.ok(fixesOf(network).includes('0.pad=4'));
  });

  it('take other layers', () => {
    const items: Item[] = [
      { type: 'conv', name: 'a', filters: 4, size: 3, pad: 1 },
      { type: 'relu', name: 'b' },
      { type: 'maxpool', name: 'c', size: 2 },
      { type: 'add', from: ['c', 'a'] },
    ];
    assert.ok(fixesOf(networkOf(['N', 1, 8, 8], ...items)).includes('3.from=["b","a"]'));
  });

  it('put layers into files whatever their layers take', () => {
    const text = `{"input": {"shape": ["N", 10, 1, 1]}, "layers": [
      {"type": "relu", "name": "a"}, {"type": "maxpool", "size": 1},
      {"type": "softmaxWithLoss", "from": "a"}
    ]}`;
    const parsed = parseNetwork(text);
    const { fixes } = onlyError(parsed.network, undefined);
    const flatten = fixes.find(fix => fixText(fix).includes('flatten'));
    assert.ok(flatten);
    const { range, text: written } = applyChanges(text, parsed.source.positions, flatten.changes);
    const changed = text.slice(0, range.offset) + written + text.slice(range.offset + range.length);
    assert.deepEqual(
      parseNetwork(changed).network.layers.map(({ name, from }) => [name, ...from]),
      changeNetwork(parsed.network, flatten.changes).layers.map(({ name, from }) => [name, ...from]),
    );
    assert.deepEqual(errorsOf(analyse(parseNetwork(changed).network, undefined)), []);
  });

  it('split channels into groups', () => {
    const network = networkOf(['N', 8, 8, 8], { type: 'conv', W: 'W' });
    assert.ok(fixesOf(network, listingOf({ W: [8, 2, 3, 3] })).includes('0.groups=4'));
  });

  it('complete a shape', () => {
    const network = networkOf(['N', 30, 12, 12], { type: 'reshape', shape: ['N', 4000] });
    assert.ok(fixesOf(network).includes('0.shape=["N",-1]'));
  });

  it('are found by few trials in a chain of convolutions: what was tried is not tried again', () => {
    const items = Array.from({ length: 40 }, (_, i): Item => ({
      type: 'conv',
      filters: 8,
      size: i < 39 ? 3 : 99,
      pad: 1,
    }));
    const { layers } = networkOf(['N', 3, 32, 32], ...items);
    const walk = startWalk(layers, undefined, ['input', ['N', 3, 32, 32]], 'N');
    const before = walk.fixBudget.inferences;
    layers.forEach((_, index) => settleLayer(walk, index));
    assert.equal(walk.problems.length, 1);
    const trials = before - walk.fixBudget.inferences;
    assert.ok(trials < 1200, `${trials} layers were inferred`);
  });

  it('flatten what a loss takes', () => {
    const network = networkOf(['N', 10, 1, 1], { type: 'softmaxWithLoss' });
    assert.ok(fixesOf(network).includes('0+flatten{}'));
  });
});

describe('fixes (property)', () => {
  const attribute = fc.oneof(
    fc.integer({ min: -2, max: 12 }),
    fc.constantFrom(0.5, NaN, 1e308),
    fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
  );
  const shape = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });

  /** The book's network with one mistake. */
  const mistaken = fc.oneof(
    fc.record({
      layer: fc.constantFrom<Item>({ type: 'conv', W: 'W1', b: 'b1' }, { type: 'maxpool', size: 2 }),
      key: fc.constantFrom('stride', 'pad', 'dilation', 'size', 'groups'),
      value: attribute,
    }),
    fc.record({ name: fc.constantFrom('W1', 'b1', 'W2', 'b2', 'W3', 'b3'), shape }),
    fc.record({ input: shape }),
  );

  it('remove the error that they are offered for, and there is one error for one mistake', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(mistaken, mistake => {
        const listing = bookListing('shape' in mistake ? { [mistake.name]: mistake.shape } : {});
        const network =
          'layer' in mistake
            ? bookNetwork({
                [mistake.layer.type === 'conv' ? 0 : 2]: { ...mistake.layer, [mistake.key]: mistake.value },
              })
            : bookNetwork({}, 'input' in mistake ? mistake.input : undefined);
        const errors = errorsOf(analyse(network, listing));
        assert.ok(errors.length <= 1, errors.map(problemText).join(', '));
        for (const problem of errors) {
          for (const fix of problem.fixes) assert.ok(mends(network, listing, problem, fix), fixText(fix));
        }
      }),
      { numRuns: 150 },
    );
  });
});
