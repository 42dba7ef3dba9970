import { Tensor, type DType } from '../../../engine';
import {
  createSingleCrew,
  createWasmKernels,
  finish,
  matrix,
  reference,
  transposed,
  type Matrix,
} from '../../../engine/kernels';
import { createArena } from '../../../engine/kernels/wasm/memory/arena';
import { createMemory } from '../../../engine/kernels/wasm/crew';
import { matmul, type FloatMatrix } from '../../../engine/kernels/wasm/product/matmul';
import { createResultMemory } from '../../../engine/kernels/wasm/memory/resultMemory';
import { assertTensor, random } from '../support/arrays';
import { assertClose } from './support/closeness';
import { kernelSets, moduleOf, wasmKernels } from './support/kernelSets';

/** One, primes, and sizes around the edges of the tiles and blocks. */
const SIZES: readonly (readonly [I: number, K: number, J: number])[] = [
  [1, 1, 1],
  [1, 7, 1],
  [3, 5, 7],
  [4, 4, 8],
  [5, 3, 9],
  [7, 11, 13],
  [129, 2, 65],
  [2, 1031, 3],
  [8, 255, 64],
  [4, 256, 4],
  [9, 257, 63],
  [1, 3, 2053],
  [131, 17, 1],
  [0, 3, 4],
  [3, 0, 4],
  [3, 4, 0],
  [389, 1361, 131], // of several tiles one below the other
];

/** Sides of blocks of which there are many, but not too many, in each of these products. */
const SIDE = 12;
const SIDE_OF_LARGE = 100;
const LARGE = 2 ** 20;

/** Each operand as it is, and as the transpose of how it lies in memory. */
const LAYOUTS = [matrix, (tensor: Tensor): Matrix => transposed(matrix(tensor.transpose([1, 0])))];

describe('matrix product in WebAssembly', () => {
  /** The reference's products of the sizes. */
  const expected = new Map<DType, Tensor[]>();
  before(() => {
    for (const dtype of ['float32', 'float64'] as const)
      expected.set(
        dtype,
        SIZES.map(([I, K, J]) => {
          const [a, b] = [random([I, K], 1, dtype), random([K, J], 2, dtype)];
          return finish(reference.matmul(matrix(a), matrix(b), dtype));
        }),
      );
  });
  const eachCase = (dtype: DType, check: (a: Matrix, b: Matrix, product: Tensor) => void): void =>
    SIZES.forEach(([I, K, J], i) => {
      const [a, b] = [random([I, K], 1, dtype), random([K, J], 2, dtype)];
      for (const layoutOfA of LAYOUTS)
        for (const layoutOfB of LAYOUTS) check(layoutOfA(a), layoutOfB(b), expected.get(dtype)![i]);
    });

  for (const kernels of wasmKernels('exact')) {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`gives the bits of the reference: ${kernels.set}, ${dtype}`, () => {
        eachCase(dtype, (a, b, product) => assertTensor(finish(kernels.matmul(a, b, dtype)), product));
      });
    }
  }

  it('gives the same bits block by block', () => {
    const [set] = kernelSets();
    const crew = createSingleCrew(moduleOf(set));
    const arena = createArena(crew.memory);
    const machine = { set, crew, arena, results: createResultMemory(arena) };
    for (const dtype of ['float32', 'float64'] as const)
      eachCase(dtype, (a, b, product) => {
        const variant = dtype === 'float64' ? dtype : 'exact';
        const side = a.rows * a.columns * b.columns > LARGE ? SIDE_OF_LARGE : SIDE;
        const work = matmul(machine, variant, a as FloatMatrix, b as FloatMatrix, dtype, side);
        assertTensor(finish(work), product);
      });
  });

  it('needs memory for blocks alone, however large the matrices are', () => {
    const [set] = kernelSets();
    const memory = createMemory(2 ** 9);
    const crew = createSingleCrew(moduleOf(set), memory);
    const kernels = createWasmKernels(crew, { set, arithmetic: 'exact' });
    // 32 MB of memory, and as much each for a and b.
    const [a, b] = [Tensor.full([8, 2 ** 20], 1, 'float32'), Tensor.full([2 ** 20, 8], 1, 'float32')];
    assertTensor(
      finish(kernels.matmul(matrix(a), matrix(b), 'float32')),
      Tensor.full([8, 8], 2 ** 20, 'float32'),
    );
  });

  for (const kernels of wasmKernels('fast')) {
    it(`is close to exact sums: ${kernels.set}, fast`, () => {
      eachCase('float32', (a, b, product) => assertClose(finish(kernels.matmul(a, b, 'float32')), product));
    });
  }
});
