import assert from 'node:assert/strict';
import { convolutionGeometry, poolingGeometry, Tensor } from '../../../engine';
import { finish, matrix, reference, type Kernels } from '../../../engine/kernels';
import { createArena } from '../../../engine/kernels/wasm/memory/arena';
import { createMemory } from '../../../engine/kernels/wasm/crew';
import { createResultMemory } from '../../../engine/kernels/wasm/memory/resultMemory';
import { assertTensor, random } from '../support/arrays';
import { wasmKernels } from './support/kernelSets';

const SHAPE = [64, 64];
const BYTES = 4 * 64 * 64;

describe('the memory of results', () => {
  const create = (most?: number, pages?: number) => {
    const arena = createArena(createMemory(pages));
    const memory = createResultMemory(arena, most);
    return { ...memory, isThere: ({ data }: Tensor) => arena.addressOf(data) !== undefined };
  };

  it('is that of the kernels for as many bytes as were given back', () => {
    const memory = create();
    const results = [1, 2, 3].map(() => memory.take(SHAPE, 'float32'));
    assert.deepEqual(results.map(memory.isThere), [false, false, false]);
    memory.giveBack(results[0].reshape([64 * 64]));
    memory.giveBack(results[1]);
    assert.ok(!memory.isThere(memory.take([2 * 64 * 64 + 1], 'float32')));
    const next = memory.take([32, 64], 'float64');
    assert.deepEqual([next.shape, next.dtype, memory.isThere(next)], [[32, 64], 'float64', true]);
    const other = memory.take(SHAPE, 'int32');
    assert.ok(memory.isThere(other));
    next.data.fill(1 as never);
    other.data.fill(2 as never);
    assert.ok(next.numbers().every(value => value === 1));
    assert.ok(!memory.isThere(memory.take(SHAPE, 'float32')));
  });

  it('is given back once, and only if it is from there', () => {
    const memory = create();
    memory.giveBack(memory.take(SHAPE, 'float32'));
    const first = memory.take(SHAPE, 'float32');
    memory.giveBack(first);
    const second = memory.take(SHAPE, 'float32');
    assert.equal(second.data.byteOffset, first.data.byteOffset);
    for (const tensor of [Tensor.zeros(SHAPE), first]) memory.giveBack(tensor);
    assert.ok(!memory.isThere(memory.take(SHAPE, 'float32')));
  });

  it('has no more of the kernels’ than it may', () => {
    const memory = create(2 * BYTES);
    const take = () => [1, 2, 3].map(() => memory.take(SHAPE, 'float32'));
    take().forEach(memory.giveBack);
    assert.deepEqual(take().map(memory.isThere), [true, true, false]);
  });

  it('is elsewhere when that of the kernels is full', () => {
    const memory = create(undefined, 1);
    const take = () => [1, 2, 3, 4, 5].map(() => memory.take(SHAPE, 'float32'));
    take().forEach(memory.giveBack);
    assert.deepEqual(take().map(memory.isThere), [true, true, true, false, false]);
    const tensor = random(SHAPE, 1, 'float32');
    assert.equal(memory.place(tensor), tensor);
  });

  it('is for no more results after tensors that were borrowed, or had in vain', () => {
    const memory = create();
    const borrowed = memory.borrow(SHAPE, 'float32');
    assert.ok(memory.isThere(borrowed));
    memory.giveBack(borrowed);
    const vain = memory.take(SHAPE, 'float32');
    memory.discard(vain);
    assert.ok(!memory.isThere(memory.take(SHAPE, 'float32')));
    memory.giveBack(memory.take(SHAPE, 'float32'));
    memory.discard(memory.take(SHAPE, 'float32'));
    assert.deepEqual(
      [1, 2].map(() => memory.isThere(memory.take(SHAPE, 'float32'))),
      [true, false],
    );
  });

  it('takes in copies of tensors of floats', () => {
    const memory = create();
    const tensor = random(SHAPE, 1, 'float32');
    const copy = memory.place(tensor);
    assert.ok(memory.isThere(copy));
    assertTensor(copy, tensor);
    const labels = Tensor.zeros([5000], 'int32');
    assert.equal(memory.place(labels), labels);
    memory.giveBack(copy);
    assert.equal(memory.take(SHAPE, 'float32').data.byteOffset, copy.data.byteOffset);
  });
});

describe('kernels whose operands and results lie in their memory', () => {
  const x = random([2, 16, 30, 31], 1, 'float32');
  const W = random([24, 16, 3, 3], 2, 'float32');
  const depthwise = random([16, 1, 3, 3], 2, 'float32');
  const b = random([24], 3, 'float32');
  const window = { size: 3, stride: 2, pad: 1 };
  const pooling = poolingGeometry(x.shape, window);

  /** Everything, on operands that are where `place` brings them. */
  const computeAll = (kernels: Kernels, place: (tensor: Tensor) => Tensor): Tensor[] => {
    const input = place(x);
    const layers = [W, depthwise].flatMap(filters => {
      const options = { pad: 1, groups: filters === W ? 1 : 16 };
      const geometry = convolutionGeometry(x.shape, filters.shape, options);
      const placed = place(filters);
      const out = finish(kernels.convolve(input, placed, filters === W ? b : null, geometry));
      return [
        out,
        finish(kernels.weightGradient(out, input, geometry)),
        finish(kernels.biasGradient(out)),
        finish(kernels.convolutionInputGradient(out, placed, geometry)),
      ];
    });
    const { out, argMax } = finish(kernels.maxPool(input, pooling));
    const [left, right] = [matrix(place(x.reshape([32, 930]))), matrix(place(x.reshape([930, 32])))];
    return [
      ...layers,
      ...[out, argMax],
      finish(kernels.maxInputGradient(out, argMax, pooling)),
      finish(kernels.averagePool(input, pooling, true)),
      finish(kernels.averageInputGradient(out, pooling, true)),
      finish(kernels.matmul(left, right, 'float32')),
      finish(kernels.mapCells('rectify', [input])),
    ];
  };
  /** The second time that results are given back, as many lie in the memory of the kernels. */
  const repeat = (kernels: Kernels): Tensor[] => {
    for (let time = 0; time < 2; time++) computeAll(kernels, kernels.place).forEach(kernels.recycle);
    return computeAll(kernels, kernels.place);
  };

  for (const kernels of wasmKernels('exact')) {
    it(`give the bits of the reference: ${kernels.set}`, () => {
      const expected = computeAll(reference, tensor => tensor);
      const results = repeat(kernels);
      results.forEach((tensor, i) => assertTensor(tensor, expected[i]));
      const elsewhere = results.filter(({ data }) => !(data.buffer instanceof SharedArrayBuffer));
      for (const { data } of elsewhere) assert.ok(data.byteLength < 2 ** 14, `${data.byteLength} bytes`);
    });
  }
  it('give back the results of calls that are given up', () => {
    const [kernels] = wasmKernels('exact');
    const geometry = convolutionGeometry(x.shape, W.shape, {});
    kernels.recycle(finish(kernels.convolve(x, W, b, geometry)));
    for (let time = 0; time < 3; time++) {
      const work = kernels.convolve(x, W, b, geometry);
      assert.ok(!work.next().done);
      work.return(undefined as never);
    }
    const { data } = finish(kernels.convolve(x, W, b, geometry));
    assert.ok(data.buffer instanceof SharedArrayBuffer);
  });
  for (const kernels of wasmKernels('fast')) {
    it(`are so for nobody who gives nothing back: ${kernels.set}, fast`, () => {
      for (let time = 0; time < 2; time++)
        for (const dilation of [1, 2]) {
          const geometry = convolutionGeometry(x.shape, W.shape, { pad: 2, dilation });
          const out = finish(kernels.convolve(x, W, b, geometry));
          const dx = finish(kernels.convolutionInputGradient(out, W, geometry));
          const dW = finish(kernels.weightGradient(out, x, geometry));
          const cancelled = kernels.convolve(x, W, b, geometry);
          cancelled.next();
          cancelled.return(undefined as never);
          for (const { data } of [out, dx, dW]) assert.ok(data.buffer instanceof ArrayBuffer);
        }
    });
    it(`give the bits that they give elsewhere: ${kernels.set}, fast`, () => {
      const expected = computeAll(kernels, tensor => tensor);
      repeat(kernels).forEach((tensor, i) => assertTensor(tensor, expected[i]));
    });
  }
});
