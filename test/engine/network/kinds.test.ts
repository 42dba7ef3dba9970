import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Convolution, Pooling, Tensor } from '../../../engine';
import {
  analyse,
  kindOf,
  LayerMisfit,
  layerKinds,
  type AttributeValues,
  type Inferred,
  type LayerTypeName,
  type OpenShape,
} from '../../../engine/network';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** What is inferred for a layer with one input, or several. */
function infer(
  type: LayerTypeName,
  x: OpenShape | OpenShape[],
  attributes: AttributeValues = {},
  parameters: Shapes = {},
): Inferred {
  const inputs = (Array.isArray(x[0]) ? x : [x]) as OpenShape[];
  return kindOf(type).infer({ inputs, attributes, parameters });
}

/** Fault and key of what does not fit, and its message. */
function misfit(...given: Parameters<typeof infer>): [fault: string, key: string, message: string] {
  try {
    infer(...given);
  } catch (error) {
    if (error instanceof LayerMisfit) return [error.fault, error.key, error.message];
    throw error;
  }
  throw new assert.AssertionError({ message: 'it fits' });
}

const IMAGES: OpenShape = ['N', 3, 28, 28];

describe('kinds of layers', () => {
  it('are registered by their own type', () => {
    for (const kind of layerKinds) assert.equal(kindOf(kind.type), kind);
    assert.equal(layerKinds.length, 18);
  });

  describe('conv', () => {
    const W = [30, 3, 5, 5];

    it('gives the sizes of its windows, with their formulas', () => {
      const inferred = infer('conv', IMAGES, { stride: [2, 1], pad: 2 }, { W, b: [30] });
      assert.deepEqual(inferred.out, ['N', 30, 14, 28]);
      assert.deepEqual(inferred.formulas, [
        'OH = ⌊(28 + 2·2 − 5)/2⌋ + 1 = 14',
        'OW = (28 + 2·2 − 5)/1 + 1 = 28',
      ]);
      assert.deepEqual(inferred.parameters, { W, b: [30] });
      assert.equal(inferred.macs, 30 * 14 * 28 * 3 * 5 * 5);
    });

    it('makes filters where none are named', () => {
      const inferred = infer('conv', IMAGES, { filters: 6, size: [3, 1], groups: 3 });
      assert.deepEqual(inferred.parameters, { W: [6, 1, 3, 1] });
      assert.deepEqual(inferred.out, ['N', 6, 26, 28]);
    });

    it('says what does not fit', () => {
      assert.deepEqual(misfit('conv', ['N', 1, 28, 28], {}, { W }), [
        'channels',
        'W',
        'conv: W has 3 input channels, x has 1: x (N,1,28,28), W (30,3,5,5)',
      ]);
      assert.deepEqual(misfit('conv', ['N', 3, 28, 4], {}, { W }).slice(0, 2), ['windowTooLarge', 'W']);
      assert.deepEqual(misfit('conv', ['N', 3, 4, 4], { filters: 2, size: 5 }).slice(0, 2), [
        'windowTooLarge',
        'size',
      ]);
      assert.deepEqual(misfit('conv', IMAGES, {}, { W, b: [3] }).slice(0, 2), ['bias', 'b']);
      assert.deepEqual(misfit('conv', IMAGES, {}, { W: [30, 75] }).slice(0, 2), ['rank', 'W']);
      assert.deepEqual(misfit('conv', ['N', 2352], {}, { W }).slice(0, 2), ['rank', 'from']);
      assert.deepEqual(misfit('conv', IMAGES, { groups: 4 }, { W }).slice(0, 2), ['groups', 'groups']);
      assert.deepEqual(misfit('conv', IMAGES, { groups: 2, filters: 2, size: 1 }).slice(0, 2), [
        'groups',
        'groups',
      ]);
      assert.deepEqual(misfit('conv', IMAGES).slice(0, 2), ['missing', 'W']);
      assert.deepEqual(misfit('conv', IMAGES, { filters: 3 }).slice(0, 2), ['missing', 'size']);
      assert.deepEqual(misfit('conv', ['N', 3, 'H', 28], {}, { W }).slice(0, 2), ['openSize', 'from']);
    });
  });

  describe('poolings', () => {
    it('move by their size unless a stride is given', () => {
      assert.deepEqual(infer('maxpool', IMAGES, { size: [2, 4] }).out, ['N', 3, 14, 7]);
      assert.deepEqual(infer('avgpool', IMAGES, { size: 3, stride: 2, pad: 1 }).out, ['N', 3, 14, 14]);
      assert.deepEqual(infer('maxpool', IMAGES, { size: 3, stride: 2, ceilMode: true }).out, [
        'N',
        3,
        14,
        14,
      ]);
      assert.deepEqual(infer('globalavgpool', IMAGES).out, ['N', 3, 1, 1]);
    });

    it('say what does not fit', () => {
      assert.deepEqual(misfit('maxpool', IMAGES).slice(0, 2), ['missing', 'size']);
      const [fault, key, message] = misfit('maxpool', ['N', 3, 28, 2], { size: 3 });
      assert.deepEqual([fault, key], ['windowTooLarge', 'size']);
      assert.match(message, /^maxpool: the window spans 3 .*: x \(N,3,28,2\)$/);
      assert.deepEqual(misfit('globalavgpool', ['N', 3]).slice(0, 2), ['rank', 'from']);
    });
  });

  it('relu, leakyrelu, sigmoid, tanh and dropout keep the shape', () => {
    for (const type of ['relu', 'leakyrelu', 'sigmoid', 'tanh', 'dropout'] as const) {
      assert.deepEqual(infer(type, IMAGES).out, IMAGES);
    }
    assert.deepEqual(misfit('dropout', IMAGES, { ratio: 1 }).slice(0, 2), ['attribute', 'ratio']);
    assert.deepEqual(misfit('leakyrelu', IMAGES, { alpha: NaN }).slice(0, 2), ['attribute', 'alpha']);
  });

  it('flatten and affine make every sample flat', () => {
    const flat = infer('flatten', IMAGES);
    assert.deepEqual(flat.out, ['N', 2352]);
    assert.deepEqual(flat.formulas, ['3·28·28 = 2352: (N,3,28,28) → (N,2352)']);
    const affine = infer('affine', IMAGES, {}, { W: [2352, 10], b: [10] });
    assert.deepEqual(affine.out, ['N', 10]);
    assert.deepEqual(affine.formulas, ['3·28·28 = 2352', '(N,2352)·(2352,10) = (N,10)']);
    assert.equal(affine.macs, 23520);
    assert.deepEqual(infer('affine', ['N', 5], { units: 3 }).parameters, { W: [5, 3] });
  });

  it('affine says what does not fit', () => {
    assert.deepEqual(misfit('affine', ['N', 30, 11, 11], {}, { W: [4320, 100] }), [
      'rows',
      'W',
      'affine: W has 4320 rows, x has 30·11·11 = 3630 numbers in a sample: x (N,30,11,11), W (4320,100)',
    ]);
    assert.deepEqual(misfit('affine', ['N', 5], {}, { W: [5, 3], b: [5] }).slice(0, 2), ['bias', 'b']);
    assert.deepEqual(misfit('affine', ['N', 5], {}, { W: [5] }).slice(0, 2), ['rank', 'W']);
    assert.deepEqual(misfit('affine', ['N', 5]).slice(0, 2), ['missing', 'W']);
    assert.deepEqual(misfit('affine', ['N'], { units: 1 }).slice(0, 2), ['rank', 'from']);
    assert.deepEqual(misfit('affine', ['N', 'M'], { units: 1 }).slice(0, 2), ['openSize', 'from']);
  });

  it('batchnorm has a number for each channel', () => {
    const inferred = infer('batchnorm', IMAGES, {}, { gamma: [3] });
    assert.deepEqual(inferred.parameters, { gamma: [3], beta: [3], mean: [3], var: [3] });
    assert.equal(inferred.macs, 2352);
    assert.deepEqual(misfit('batchnorm', IMAGES, {}, { mean: [30] }).slice(0, 2), ['channels', 'mean']);
    assert.deepEqual(misfit('batchnorm', IMAGES, { eps: -1 }).slice(0, 2), ['attribute', 'eps']);
  });

  it('add takes inputs of one shape', () => {
    assert.deepEqual(infer('add', [IMAGES, IMAGES]).out, IMAGES);
    assert.deepEqual(misfit('add', [IMAGES, ['N', 3, 14, 14]]), [
      'inputShapes',
      'from',
      'add: its inputs must have one shape: x0 (N,3,28,28), x1 (N,3,14,14)',
    ]);
    assert.deepEqual(misfit('add', IMAGES).slice(0, 2), ['inputs', 'from']);
  });

  it('concat joins inputs along an axis', () => {
    const joined = infer('concat', [IMAGES, ['N', 5, 28, 28]]);
    assert.deepEqual(joined.out, ['N', 8, 28, 28]);
    assert.deepEqual(joined.formulas, ['3 + 5 = 8 on axis 1']);
    assert.deepEqual(infer('concat', [IMAGES, IMAGES], { axis: -1 }).out, ['N', 3, 28, 56]);
    assert.deepEqual(misfit('concat', [IMAGES, ['N', 5, 14, 14]]).slice(0, 2), ['inputShapes', 'from']);
    assert.deepEqual(misfit('concat', [IMAGES, ['N', 5]]).slice(0, 2), ['inputShapes', 'from']);
    assert.deepEqual(misfit('concat', [IMAGES, IMAGES], { axis: 4 }).slice(0, 2), ['axis', 'axis']);
    assert.deepEqual(misfit('concat', [IMAGES, IMAGES], { axis: 0 }).slice(0, 2), ['openSize', 'axis']);
  });

  it('reshape keeps the number of cells', () => {
    assert.deepEqual(infer('reshape', IMAGES, { shape: ['N', -1] }).out, ['N', 2352]);
    assert.deepEqual(infer('reshape', IMAGES, { shape: [-1, 3, 784] }).out, ['N', 3, 784]);
    assert.deepEqual(infer('reshape', IMAGES, { shape: ['N', 784, 3] }).out, ['N', 784, 3]);
    assert.deepEqual(misfit('reshape', IMAGES, { shape: ['N', 100] }), [
      'cells',
      'shape',
      'reshape: shape must have as many cells as x: x (N,3,28,28), shape (N,100)',
    ]);
    assert.deepEqual(misfit('reshape', IMAGES, { shape: ['N', 5, -1] }).slice(0, 2), ['cells', 'shape']);
    assert.deepEqual(misfit('reshape', IMAGES, { shape: ['M', -1] }).slice(0, 2), ['cells', 'shape']);
    assert.deepEqual(misfit('reshape', IMAGES, { shape: [-1, -1] }).slice(0, 2), ['attribute', 'shape']);
    assert.deepEqual(misfit('reshape', IMAGES).slice(0, 2), ['missing', 'shape']);
  });

  it('transpose puts the axes into another order', () => {
    assert.deepEqual(infer('transpose', ['N', 28, 20, 3], { axes: [0, 3, 1, 2] }).out, ['N', 3, 28, 20]);
    assert.deepEqual(misfit('transpose', IMAGES, { axes: [0, 1] }).slice(0, 2), ['rank', 'axes']);
    assert.deepEqual(misfit('transpose', IMAGES, { axes: [0, 1, 1, 2] }).slice(0, 2), ['attribute', 'axes']);
  });

  it('softmax keeps the shape, softmaxWithLoss gives a number', () => {
    assert.deepEqual(infer('softmax', ['N', 10]).out, ['N', 10]);
    assert.deepEqual(misfit('softmax', ['N']).slice(0, 2), ['axis', 'axis']);
    assert.deepEqual(infer('softmaxWithLoss', ['N', 10]).out, []);
    assert.deepEqual(misfit('softmaxWithLoss', IMAGES).slice(0, 2), ['rank', 'from']);
  });
});

describe('inferred shapes (property)', () => {
  const small = fc.integer({ min: 1, max: 4 });
  const pair = fc.oneof(small, fc.tuple(small, small));
  const pad = fc.oneof(
    fc.nat(3),
    fc.tuple(fc.nat(3), fc.nat(3)),
    fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)),
  );
  const extent = fc.integer({ min: 1, max: 9 });

  /** The shape that comes out, or the word `misfit`. */
  const inferredShape = (
    type: LayerTypeName,
    x: OpenShape,
    attributes: AttributeValues,
    parameters: Shapes,
  ): unknown => {
    try {
      return infer(type, x, attributes, parameters).out;
    } catch (error) {
      if (error instanceof LayerMisfit) return 'misfit';
      throw error;
    }
  };
  const computedShape = (forward: () => Tensor): unknown => {
    try {
      return forward().shape;
    } catch {
      return 'misfit';
    }
  };

  it('are those that Convolution gives', () => {
    fc.assert(
      fc.property(
        fc.tuple(small, extent, extent),
        fc.tuple(small, small, small, small),
        fc.record({ stride: pair, pad, dilation: pair, groups: fc.integer({ min: 1, max: 2 }) }),
        fc.option(small),
        ([C, H, W], filters, attributes, bias) => {
          const x = [2, C, H, W];
          const shapes = { W: filters, ...(bias !== null && { b: [bias] }) };
          const forward = () => {
            const b = bias === null ? null : Tensor.zeros([bias]);
            return new Convolution(Tensor.zeros(filters), b, attributes).forward(Tensor.zeros(x));
          };
          assert.deepEqual(inferredShape('conv', x, attributes, shapes), computedShape(forward));
        },
      ),
    );
  });

  it('are those that Pooling gives', () => {
    fc.assert(
      fc.property(
        fc.tuple(small, extent, extent),
        fc.record({ size: pair, pad, ceilMode: fc.boolean() }),
        fc.option(pair, { nil: undefined }),
        fc.constantFrom('max' as const, 'average' as const),
        ([C, H, W], attributes, stride, kind) => {
          const x = [2, C, H, W];
          const given = stride === undefined ? attributes : { ...attributes, stride };
          const forward = () => new Pooling({ kind, ...given }).forward(Tensor.zeros(x));
          const type = kind === 'max' ? 'maxpool' : 'avgpool';
          assert.deepEqual(inferredShape(type, x, given, {}), computedShape(forward));
        },
      ),
    );
  });

  it('are shapes, or a LayerMisfit, whatever is given', function () {
    this.timeout(60_000);
    const number = fc.oneof(
      fc.integer({ min: -3, max: 40 }),
      fc.constantFrom(0, -1, 0.5, NaN, Infinity, 1e308, -1e308, 2 ** 24, 2 ** 53),
    );
    const value = fc.oneof(
      number,
      fc.boolean(),
      fc.array(fc.oneof(number, fc.constantFrom('N', '')), { maxLength: 5 }),
    );
    const shape = fc.array(fc.oneof({ weight: 4, arbitrary: extent }, { weight: 1, arbitrary: number }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...layerKinds),
        fc.array(shape, { minLength: 1, maxLength: 3 }),
        fc.array(fc.option(value, { nil: undefined, freq: 3 }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.option(shape, { nil: undefined }), { minLength: 4, maxLength: 4 }),
        ({ type, attributes, parameters }, inputs, values, shapes) => {
          const given: AttributeValues = Object.fromEntries(
            attributes.flatMap(({ name }, i) => {
              const next = values[i];
              return next === undefined ? [] : [[name, next]];
            }),
          );
          const stored = parameters.flatMap(({ role }, i) => {
            const next = shapes[i];
            return next === undefined ? [] : [{ name: role, shape: next, dtype: 'float32' as const }];
          });
          const layer = {
            name: 'layer',
            type,
            from: inputs.map(() => 'input'),
            attributes: given,
            parameters: Object.fromEntries(stored.map(({ name }) => [name, name])),
          };
          const network = { name: '', input: { shape: inputs[0] }, params: [], layers: [layer] };
          const { layers } = analyse(network, new Map(stored.map(info => [info.name, info])));
          const [{ out, broken }] = layers;
          if (out && !broken) assert.ok(out.every(size => typeof size === 'string' || size >= 1));
        },
      ),
      { numRuns: 500 },
    );
  });
});
