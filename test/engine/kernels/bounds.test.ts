import assert from 'node:assert/strict';
import {
  convolutionGeometry,
  poolingGeometry,
  Tensor,
  type ConvolutionOptions,
  type PoolingWindow,
  type Shape,
} from '../../../engine';
import {
  createWasmKernels,
  finish,
  matrix,
  type Arithmetic,
  type Crew,
  type Kernels,
} from '../../../engine/kernels';
import { createMemory } from '../../../engine/kernels/wasm/crew';
import { kernelSets } from './support/kernelSets';

type Layer = readonly [x: Shape, W: Shape, options?: ConvolutionOptions];

/** Large, and such as are so in one extent only. */
const CONVOLUTIONS: readonly Layer[] = [
  [[1, 512, 28, 28], [512, 512, 3, 3], { pad: 1 }],
  [[1, 512, 56, 56], [512, 512, 3, 3], { stride: 2, pad: 1 }],
  [[8, 256, 28, 28], [256, 1, 3, 3], { groups: 256, pad: 1 }],
  [
    [300, 1, 28, 28],
    [30, 1, 5, 5],
  ],
  [[1, 1, 2048, 2048], [2, 1, 5, 5], { pad: 2 }],
  [[1, 8, 400, 400], [8, 8, 3, 3], { dilation: 9 }],
  [[2, 3, 700, 700], [16, 3, 11, 11], { stride: 7 }],
  [
    [1, 1, 1, 2_000_000],
    [1, 1, 1, 64],
  ],
  [
    [1, 1, 500_000, 1],
    [8, 1, 64, 1],
  ],
  [
    [1, 50_000, 3, 3],
    [4, 50_000, 3, 3],
  ],
  [
    [1, 3, 5, 5],
    [50_000, 3, 3, 3],
  ],
  [
    [20_000, 3, 5, 5],
    [4, 3, 3, 3],
  ],
];

const POOLINGS: readonly (readonly [x: Shape, window: PoolingWindow])[] = [
  [[32, 64, 56, 56], { size: 3, stride: 2 }],
  [[1, 3, 1200, 1200], { size: 3, stride: 1, pad: 1 }],
  [[1, 1, 3000, 3000], { size: 3, stride: 1, pad: 1 }],
  [[100_000, 1, 4, 4], { size: 2, stride: 2 }],
];

const PRODUCTS: readonly (readonly [I: number, K: number, J: number])[] = [
  [2000, 2000, 2000],
  [1, 3_000_000, 1],
  [1_000_000, 3, 4],
  [3, 4, 1_000_000],
];

/** Bytes beside inputs and outputs. */
const MOST_BYTES = 64 * 2 ** 20;

/** Multiplications of a tile, some milliseconds; with those of what an edge fills up. */
const MOST_PRODUCTS = 1.5 * 2 ** 26;

interface Planned {
  /** The most that the memory of the kernels has held. */
  readonly bytes: number;
  /** Tiles of kernels whose names begin so. */
  tilesOf(...names: string[]): number;
}

/** What kernels would do on two threads: all but the computing. */
function plan(arithmetic: Arithmetic, run: (kernels: Kernels) => void): Planned {
  const [set] = kernelSets();
  const tiles = new Map<string, number>();
  const memory = createMemory();
  const crew: Crew = {
    threads: 2,
    memory,
    *run(job) {
      yield;
      tiles.set(job.kernel, (tiles.get(job.kernel) ?? 0) + job.tiles);
    },
    end: () => undefined,
  };
  run(createWasmKernels(crew, { set, arithmetic }));
  return {
    bytes: memory.buffer.byteLength,
    tilesOf: (...names) =>
      [...tiles]
        .filter(([kernel]) => names.some(name => kernel.startsWith(`${name}_`)))
        .reduce((sum, [, count]) => sum + count, 0),
  };
}

describe('kernels keep to their bounds', () => {
  it('filters that have no room together are transformed once all the same', () => {
    const geometry = convolutionGeometry([1, 512, 14, 14], [512, 512, 3, 3], { pad: 1 });
    const x = Tensor.zeros([1, 512, 14, 14]);
    const W = Tensor.zeros([512, 512, 3, 3]);
    const panels = plan('fast', kernels => finish(kernels.convolve(x, W, null, geometry))).tilesOf(
      'transformFilters',
    );
    assert.ok(panels > 0 && panels <= 512 / 4, `${panels} micropanels`);
  });

  for (const [arithmetic, dtype] of [
    ['fast', 'float32'],
    ['exact', 'float32'],
    ['exact', 'float64'],
  ] as const) {
    const assertSmall = ({ bytes }: Planned, what: string): void =>
      assert.ok(bytes <= MOST_BYTES, `${what} takes ${Math.ceil(bytes / 2 ** 20)} MiB`);

    for (const [xShape, WShape, options = {}] of CONVOLUTIONS) {
      const name = `${xShape.join('×')} * ${WShape.join('×')} ${JSON.stringify(options)}`;
      it(`${arithmetic}, ${dtype}: ${name}`, () => {
        const geometry = convolutionGeometry(xShape, WShape, options);
        const { N, FN, vertical, horizontal } = geometry;
        const [x, W] = [Tensor.zeros(xShape, dtype), Tensor.zeros(WShape, dtype)];
        const dout = Tensor.zeros([N, FN, vertical.out, horizontal.out], dtype);
        const forward = plan(arithmetic, kernels => finish(kernels.convolve(x, W, null, geometry)));
        assertSmall(forward, 'forward');
        assertSmall(
          plan(arithmetic, kernels => finish(kernels.weightGradient(dout, x, geometry))),
          'dW',
        );
        assertSmall(
          plan(arithmetic, kernels => finish(kernels.convolutionInputGradient(dout, W, geometry))),
          'dx',
        );
        const products = (dout.size * W.size) / FN;
        const tiles = forward.tilesOf('product', 'direct', 'depthwise', 'winograd');
        assert.ok(products / tiles <= MOST_PRODUCTS, `${tiles} tiles of ${products / tiles} products`);
      });
    }

    for (const [xShape, window] of POOLINGS) {
      it(`${arithmetic}, ${dtype}: pooling ${xShape.join('×')}`, () => {
        const geometry = poolingGeometry(xShape, window);
        const x = Tensor.zeros(xShape, dtype);
        assertSmall(
          plan(arithmetic, kernels => {
            const { out, argMax } = finish(kernels.maxPool(x, geometry));
            finish(kernels.maxInputGradient(out, argMax, geometry));
            finish(kernels.averagePool(x, geometry, true));
            finish(kernels.averageInputGradient(out, geometry, true));
          }),
          'it',
        );
      });
    }

    for (const [I, K, J] of PRODUCTS) {
      it(`${arithmetic}, ${dtype}: product ${I}×${K}×${J}`, () => {
        const [a, b] = [matrix(Tensor.zeros([I, K], dtype)), matrix(Tensor.zeros([K, J], dtype))];
        const planned = plan(arithmetic, kernels => finish(kernels.matmul(a, b, dtype)));
        assertSmall(planned, 'it');
        assert.ok((I * K * J) / planned.tilesOf('product') <= MOST_PRODUCTS);
      });
    }
  }
});
