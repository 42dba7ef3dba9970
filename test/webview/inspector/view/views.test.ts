import assert from 'node:assert/strict';
import type { DType } from '../../../../engine';
import { drawnAxes } from '../../../../webview/inspector/view/drawnAxes';
import { drawnSlice } from '../../../../webview/inspector/view/drawnSlice';
import { describeLight, lightRange } from '../../../../webview/inspector/view/lightRange';
import { readShape } from '../../../../webview/inspector/view/shapeReading';
import { showSlice, type ShownArray } from '../../../../webview/inspector/view/shownArray';
import { partOf, partText } from '../../../../webview/inspector/view/shownPart';
import { storedBits } from '../../../../webview/inspector/view/storedBits';
import { valueKindOf } from '../../../../webview/inspector/view/valueKind';
import {
  choicesFor,
  DEFAULT_VIEW_CHOICES,
  withChoices,
} from '../../../../webview/inspector/view/viewChoices';
import { fittingViews, viewFor } from '../../../../webview/inspector/view/viewKinds';
import { fileArray } from '../files';

function shown(shape: readonly number[], slice = '', dtype: DType = 'float32'): ShownArray {
  return showSlice({ ...fileArray('x1', shape, dtype), dtype, format: 'npz' }, 0, slice);
}

describe('inspector/view: what a shape is taken for', () => {
  const layouts: [shape: number[], dtype: DType, layout: string, name?: string, format?: string][] = [
    [[30, 1, 5, 5], 'float64', 'filters'],
    [[64, 3, 7, 7], 'float32', 'filters'],
    [[3, 3, 32, 64], 'float32', 'filtersLast'],
    [[16, 16, 3, 3], 'float32', 'filters'],
    [[128, 64, 1, 1], 'float32', 'filters'],
    [[5, 5, 1, 30], 'float32', 'filtersLast'],
    [[3, 3, 3, 8], 'float32', 'filtersLast'],
    [[1, 7, 160, 192], 'float32', 'filtersLast', 'conv2d_31/kernel:0'],
    [[1, 1, 64, 128], 'float32', 'filtersLast', 'MobilenetV1/Conv2d_1_pointwise/weights'],
    [[3, 3, 5, 7], 'float32', 'filters', 'odd', 'torch'],
    [[3, 3, 64, 64], 'float32', 'filters', 'conv.weight', 'torch'],
    [[3, 3, 3, 3], 'float32', 'filtersLast', 'conv2d/kernel:0', 'hdf5'],
    [[3, 3, 32, 1], 'float32', 'filtersLast', 'depthwise_kernel', 'tfjs'],
    [[2, 3, 64, 64], 'float32', 'images', 'output', 'onnx'],
    [[1, 3, 224, 224], 'float32', 'images'],
    [[1, 1, 8, 8], 'float32', 'images'],
    [[1, 1, 5, 5], 'float64', 'filters', 'W1'],
    [[2, 8, 28, 28], 'float32', 'images'],
    [[10, 1, 28, 28], 'float32', 'images'],
    [[100, 28, 28, 1], 'float32', 'imagesLast'],
    [[5, 8, 8, 3], 'uint8', 'imagesLast'],
    [[3, 64, 64], 'float32', 'image'],
    [[64, 64, 3], 'uint8', 'imageLast'],
    [[60000, 28, 28], 'uint8', 'stack'],
    [[24, 20, 20], 'float32', 'stack'],
    [[12, 64, 64], 'float32', 'plain'],
    [[512, 16, 16], 'float32', 'plain', 'conv1d.weight'],
    [[784, 50], 'float32', 'plain'],
  ];
  for (const [shape, dtype, layout, name = 'x1', format = 'npz'] of layouts) {
    it(`${format} ${name} ${shape.join('×')} ${dtype}: ${layout}`, () =>
      assert.equal(readShape({ name, shape, dtype, format }).layout, layout));
  }
});

describe('inspector/view: which view shows what', () => {
  const best: [shape: number[], view: string, slice?: string, dtype?: DType][] = [
    [[], 'number'],
    [[30], 'line'],
    [[1, 30], 'line'],
    [[28, 28], 'plane'],
    [[24, 20, 20], 'maps'],
    [[30, 1, 5, 5], 'maps'],
    [[64, 3, 7, 7], 'colourMaps'],
    [[64, 4, 7, 7], 'maps'],
    [[64, 3, 7, 7], 'maps', ':, 1'],
    [[100, 32, 32, 3], 'colourMaps', '', 'uint8'],
    [[1, 3, 32, 32], 'colour'],
    [[1, 1, 28, 28], 'plane'],
    [[1, 28, 28], 'plane'],
    [[30, 1, 5, 5], 'plane', '3, 0'],
    [[30, 1, 5, 5], 'number', '3, 0, 1, 1'],
    [[3, 64, 64], 'colour'],
    [[64, 64, 3], 'colour', '', 'uint8'],
    [[64, 64, 3], 'plane', '..., 1', 'uint8'],
    [[2, 3, 4, 16, 16], 'maps'],
  ];
  for (const [shape, view, slice, dtype] of best) {
    it(`${shape.join('×')}[${slice ?? ''}]: ${view}`, () =>
      assert.equal(viewFor(shown(shape, slice, dtype), undefined), view));
  }

  it('keeps to the chosen one as long as it fits', () => {
    assert.equal(viewFor(shown([30, 1, 5, 5]), 'table'), 'table');
    assert.equal(viewFor(shown([30, 1, 5, 5], '3, 0'), 'maps'), 'plane');
  });

  it('offers numbers of all that has more than one', () => {
    for (const shape of [[1], [0, 5], [2, 3, 4, 5, 6]])
      assert.ok(fittingViews(shown(shape)).some(({ name }) => name === 'table'));
  });
});

describe('inspector/view: drawn axes', () => {
  it('draws the rows and columns of filters and lays the others out as a grid', () => {
    const axes = drawnAxes(shown([30, 4, 5, 5]), 'maps', {});
    assert.deepEqual([axes.rowAxis, axes.columnAxis, axes.gridAxes, axes.heldAxes], [2, 3, [0, 1], []]);
  });

  it('gives each filter a row and each channel a column, also where the filters come last', () => {
    const axes = drawnAxes(shown([5, 5, 8, 30]), 'maps', {});
    assert.deepEqual([axes.rowAxis, axes.columnAxis, axes.gridAxes], [0, 1, [3, 2]]);
    const colours = drawnAxes(shown([5, 5, 3, 30]), 'colourMaps', {});
    assert.deepEqual([colours.channels?.axis, colours.gridAxes], [2, [3]]);
  });

  it('finds the plane where the channels come last', () => {
    const axes = drawnAxes(shown([10, 28, 28, 3], '', 'uint8'), 'colour', {});
    assert.deepEqual([axes.rowAxis, axes.columnAxis, axes.channels?.axis, axes.heldAxes], [1, 2, 3, [0]]);
  });

  it('holds the others inside the slice', () => {
    const axes = drawnAxes(shown([2, 3, 4, 5], '1, ::2'), 'plane', { held: [0, 9, 0, 0] });
    assert.deepEqual([axes.rowAxis, axes.columnAxis, axes.heldAxes, axes.index], [1, 2, [0], [1, 0, 0]]);
  });

  it('keeps the chosen axes through a slice, and never draws one twice', () => {
    const choices = { rowAxis: 3, columnAxis: 1 };
    const whole = drawnAxes(shown([6, 7, 8, 9]), 'plane', choices);
    assert.deepEqual([whole.rowAxis, whole.columnAxis], [3, 1]);
    const sliced = drawnAxes(shown([6, 7, 8, 9], '2'), 'plane', choices);
    assert.deepEqual([sliced.rowAxis, sliced.columnAxis], [2, 0]);
    for (const rowAxis of [undefined, 0, 1, 2])
      for (const columnAxis of [undefined, 0, 1, 2]) {
        const axes = drawnAxes(shown([6, 7, 8]), 'plane', { rowAxis, columnAxis });
        assert.notEqual(axes.rowAxis, axes.columnAxis);
        assert.ok(axes.rowAxis !== undefined && axes.columnAxis !== undefined);
      }
  });
});

describe('inspector/view: slices', () => {
  it('call positions as in the whole array, flipped or stepped', () => {
    const { array, axes } = shown([30, 1, 5, 5], '3, 0, ::-1, 1::2');
    assert.equal(array.name, 'x1[3, 0, ::-1, 1::2]');
    assert.equal(array.id, '0[3, 0, ::-1, 1::2]');
    assert.deepEqual(array.shape, [5, 2]);
    assert.deepEqual([axes[0].label(0), axes[1].label(1)], ['fh4', 'fw3']);
    assert.deepEqual(array.originOf?.([0, 1]), [3, 0, 4, 3]);
  });

  it('name what is drawn, and a region of it', () => {
    const slice = shown([6, 7, 8], '::-1');
    const drawn = drawnAxes(slice, 'plane', { held: [2, 0, 0] });
    const name = (part?: Parameters<typeof drawnSlice>[2]) => partOf(slice, drawnSlice(slice, drawn, part));
    assert.equal(name().name, 'x1[3]');
    const region = name({ row: 1, column: 2, rows: 3, columns: 4 });
    assert.equal(region.name, 'x1[3, 1:4, 2:6]');
    assert.equal(partText(slice, region), 'x1[3, 1:4, 2:6] (3, 4) float32');
    assert.ok(region.isPart);
  });
});

describe('inspector/view: what values are taken for', () => {
  const values = (min: number, max: number) => ({
    ...{ min, max, zeros: 0, nan: 0, posInf: 0, negInf: 0, count: 1, histogram: [1] },
  });

  it('tells weights from images and others', () => {
    assert.equal(valueKindOf(shown([30, 1, 5, 5]), values(-1, 1)), 'signed');
    assert.equal(valueKindOf(shown([28, 28]), values(0, 1)), 'image');
    assert.equal(valueKindOf(shown([28, 28]), values(0, 255)), 'image');
    assert.equal(valueKindOf(shown([28, 28]), values(0, 17)), 'other');
    assert.equal(valueKindOf(shown([30, 1, 5, 5]), values(0, 1)), 'other');
    assert.equal(valueKindOf(shown([9], '', 'uint8'), undefined), 'image');
    assert.equal(valueKindOf(shown([9]), undefined), undefined);
  });

  it('takes the light of a colour picture from its type or its values', () => {
    assert.deepEqual(lightRange('uint8', values(3, 9)), { min: 0, max: 255 });
    assert.deepEqual(lightRange('float32', values(0.1, 0.9)), { min: 0, max: 1 });
    assert.deepEqual(lightRange('float32', values(3, 200)), { min: 0, max: 255 });
    assert.equal(lightRange('float32', undefined).note, 'empty');
    assert.deepEqual(lightRange('uint8', values(3, 9), { kind: 'minMax' }), { min: 3, max: 9 });
    const byHand = { kind: 'manual', min: 4, max: 5 } as const;
    assert.deepEqual(lightRange('uint8', values(3, 9), byHand), { min: 4, max: 5 });
    assert.doesNotMatch(describeLight({ min: 4, max: 5 }, values(3, 9), byHand), /percentile/);
  });

  it('does not let one value far off darken a colour picture, and says so', () => {
    const histogram = Array.from({ length: 100 }, (_, bin) => (bin < 2 ? 500 : bin === 99 ? 1 : 0));
    const outlier = { ...values(-1, 99), histogram };
    const light = lightRange('float32', outlier);
    assert.ok(
      light.min > -1 && light.min < -0.9 && light.max > 0.9 && light.max < 1.1,
      JSON.stringify(light),
    );
    assert.match(describeLight(light, outlier), /percentile/);
    assert.doesNotMatch(describeLight({ min: 0, max: 1 }, values(0.1, 0.9)), /percentile/);
  });
});

describe('inspector/view: the bits of a number', () => {
  const cases: [value: number | bigint, dtype: DType, hex: string, bits: string][] = [
    [1, 'float32', '0x3f800000', '0 01111111 00000000000000000000000'],
    [-2, 'float64', '0xc000000000000000', `1 10000000000 ${'0'.repeat(52)}`],
    [1, 'float16', '0x3c00', '0 01111 0000000000'],
    [1, 'bfloat16', '0x3f80', '0 01111111 0000000'],
    [-1, 'int16', '0xffff', '11111111 11111111'],
    [-2n, 'int64', '0xfffffffffffffffe', `${'11111111 '.repeat(7)}11111110`],
  ];
  for (const [value, dtype, hex, bits] of cases) {
    it(`${value} as ${dtype}`, () => assert.deepEqual(storedBits(value, dtype), { hex, bits }));
  }
});

describe('inspector/view: choices', () => {
  it('are kept by name, also by names that objects have of their own', () => {
    const one = withChoices(DEFAULT_VIEW_CHOICES, '__proto__', { view: 'table' });
    const two = withChoices(one, 'W1', { slice: '3' });
    assert.deepEqual(choicesFor(two, '__proto__'), { view: 'table' });
    assert.deepEqual(choicesFor(two, 'constructor'), {});
    assert.deepEqual(JSON.parse(JSON.stringify(two)), two);
  });
});
