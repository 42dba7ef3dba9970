import assert from 'node:assert/strict';
import {
  CancelledError,
  convolutionGeometry,
  poolingGeometry,
  Tensor,
  type ConvolutionOptions,
  type DType,
  type PoolingWindow,
  type Shape,
} from '../../../engine';
import {
  createSingleCrew,
  createWasmKernels,
  finish,
  matrix,
  paced,
  reference,
  type Kernels,
} from '../../../engine/kernels';
import { assertTensor, random } from '../support/arrays';
import { kernelCalls } from './support/calls';
import { guardedKernels } from './support/guardedKernels';
import { kernelSets, moduleOf, wasmKernels } from './support/kernelSets';
import { startThreads, type StartedThreads } from './support/kernelThreads';

type ConvolutionCase = readonly [x: Shape, W: Shape, options?: ConvolutionOptions];

/** Of several tiles each, none of which ends where an edge is. */
const CONVOLUTIONS: readonly ConvolutionCase[] = [
  [[3, 5, 37, 41], [7, 5, 3, 3], { pad: 1 }],
  [[2, 16, 29, 31], [24, 16, 5, 5], { stride: 2 }],
  [[1, 64, 28, 28], [67, 64, 3, 3], { pad: 1 }],
  [
    [2, 67, 23, 29],
    [33, 67, 1, 1],
  ],
  [[4, 12, 19, 23], [12, 1, 3, 3], { groups: 12, pad: 1 }],
  [[1, 6, 64, 64], [8, 3, 3, 3], { groups: 2, dilation: 2 }],
  [[6, 18, 43, 45], [19, 18, 3, 3], { dilation: 2 }],
  [[0, 3, 8, 8], [5, 3, 3, 3], { pad: 1 }],
];

const POOLINGS: readonly (readonly [x: Shape, window: PoolingWindow])[] = [
  [[3, 13, 41, 37], { size: 3, stride: 2, pad: 1 }],
  [[2, 31, 24, 24], { size: 2, stride: 2 }],
  [[0, 3, 8, 8], { size: 2, stride: 2 }],
];

/** The same numbers, so many behind the beginning of their buffer. */
function moved(tensor: Tensor, by: number): Tensor {
  const values = Tensor.zeros([by + tensor.size], tensor.dtype)
    .numbers()
    .subarray(by);
  values.set(tensor.numbers());
  return Tensor.wrap(values, tensor.shape, tensor.dtype);
}

/** What functions of one and two cells make, without factors and with some. */
function mapAll(kernels: Kernels, x: Tensor, dout: Tensor): Tensor[] {
  const values = [3, 1, 4, 1].map(factor => [factor, 2, 0.3]);
  return [
    finish(kernels.mapCells('tanh', [x])),
    finish(kernels.mapCells('sigmoidGradient', [dout, x])),
    finish(kernels.mapCells('normalise', [x], { run: 40_009, values })),
    finish(kernels.add([x, dout], x.dtype)),
  ];
}

/** What every kernel makes of seeded numbers. @param by how far these lie from the beginning of their buffers */
function computeAll(kernels: Kernels, dtype: DType, by = 0): Tensor[] {
  const operand = (shape: Shape, seed: number): Tensor => moved(random(shape, seed, dtype), by);
  const convolutions = CONVOLUTIONS.flatMap(([xShape, WShape, options = {}]) => {
    const geometry = convolutionGeometry(xShape, WShape, options);
    const [x, W, b] = [operand(xShape, 1), operand(WShape, 2), operand([WShape[0]], 3)];
    const out = finish(kernels.convolve(x, W, b, geometry));
    const dout = operand(out.shape, 4);
    return [
      out,
      finish(kernels.weightGradient(dout, x, geometry)),
      finish(kernels.biasGradient(dout)),
      finish(kernels.convolutionInputGradient(dout, W, geometry)),
    ];
  });
  const poolings = POOLINGS.flatMap(([xShape, window]) => {
    const geometry = poolingGeometry(xShape, window);
    const x = operand(xShape, 5);
    const { out, argMax } = finish(kernels.maxPool(x, geometry));
    const dout = operand(out.shape, 6);
    return [
      out,
      argMax,
      finish(kernels.averagePool(x, geometry, true)),
      finish(kernels.maxInputGradient(dout, argMax, geometry)),
      finish(kernels.averageInputGradient(dout, geometry, false)),
    ];
  });
  const [a, b] = [operand([131, 257], 7), operand([257, 193], 8)];
  return [
    ...convolutions,
    ...poolings,
    finish(kernels.matmul(matrix(a), matrix(b), dtype)),
    ...mapAll(kernels, operand([2, 3, 40_009], 9), operand([2, 3, 40_009], 10)),
  ];
}

/** Runs products until all threads are at work: they start with the first ones. */
function warm(kernels: Kernels, { haveAllHelped }: StartedThreads): void {
  const factor = matrix(Tensor.full([256, 256], 1, 'float32'));
  while (!haveAllHelped()) {
    for (const work = kernels.matmul(factor, factor, 'float32'); !work.next().done;) haveAllHelped();
  }
}

describe('all kernels', () => {
  const expected = new Map<DType, Tensor[]>();
  before(() => {
    for (const dtype of ['float32', 'float64'] as const) expected.set(dtype, computeAll(reference, dtype));
  });

  for (const set of kernelSets())
    for (const threads of [1, 2, 3]) {
      describe(`of the set ${set} on ${threads} threads`, () => {
        let started: StartedThreads;
        let exact: Kernels;
        before(() => {
          started = startThreads(moduleOf(set), threads);
          exact = createWasmKernels(started.crew, { set, arithmetic: 'exact' });
          warm(exact, started);
        });
        after(() => started.crew.end());

        const assertExact = (dtype: DType, by = 0): void => {
          computeAll(exact, dtype, by).forEach((tensor, i) => assertTensor(tensor, expected.get(dtype)![i]));
        };

        it('give the bits of the reference in float32', () => assertExact('float32'));
        it('give the bits of the reference in float64', () => assertExact('float64'));
        it('do so wherever numbers lie', () => {
          assertExact('float32', 1);
          assertExact('float64', 1);
        });

        it('give with fast sums the bits that one thread gives', () => {
          const single = createWasmKernels(createSingleCrew(moduleOf(set)), { set, arithmetic: 'fast' });
          const wanted = computeAll(single, 'float32');
          const fast = createWasmKernels(started.crew, { set, arithmetic: 'fast' });
          computeAll(fast, 'float32').forEach((tensor, i) => assertTensor(tensor, wanted[i]));
        });
      });
    }

  for (const arithmetic of ['exact', 'fast'] as const)
    for (const kernels of wasmKernels(arithmetic))
      it(`write over all that earlier results left in their memory: ${kernels.set}, ${arithmetic}`, () => {
        const results = computeAll(kernels, 'float32');
        const copies = results.map(tensor => Tensor.from(tensor.numbers(), tensor.shape, tensor.dtype));
        for (const tensor of results) {
          tensor.numbers().fill(77);
          kernels.recycle(tensor);
        }
        computeAll(kernels, 'float32').forEach((tensor, i) => assertTensor(tensor, copies[i]));
      });

  for (const set of kernelSets())
    for (const [arithmetic, dtype] of [
      ['exact', 'float32'],
      ['exact', 'float64'],
      ['fast', 'float32'],
    ] as const)
      it(`write where they should, in any order of tiles, whatever lies around: ${set}, ${arithmetic}, ${dtype}`, () => {
        const plain = createWasmKernels(createSingleCrew(moduleOf(set)), { set, arithmetic });
        const kernels = guardedKernels(set, arithmetic);
        const others = kernelCalls(dtype, 21);
        const all = (which: Kernels): Tensor[] => [
          ...computeAll(which, dtype),
          ...others.flatMap(call => finish(call.run(which))),
        ];
        const wanted = all(arithmetic === 'exact' ? reference : plain);
        all(kernels).forEach((tensor, i) => assertTensor(tensor, wanted[i]));
      });

  describe('on two threads', () => {
    const [set] = kernelSets();
    const geometry = convolutionGeometry([4, 1024, 28, 28], [32, 1024, 3, 3], { pad: 1 });
    const [x, W] = [random([4, 1024, 28, 28], 1, 'float32'), random([32, 1024, 3, 3], 2, 'float32')];
    let started: StartedThreads;
    let kernels: Kernels;
    before(() => {
      started = startThreads(moduleOf(set), 2);
      kernels = createWasmKernels(started.crew, { set, arithmetic: 'exact' });
      warm(kernels, started);
    });
    after(() => started.crew.end());
    const convolve = (signal?: AbortSignal): Promise<Tensor> =>
      paced(kernels.convolve(x, W, null, geometry), signal);

    it('compute the same when others are cancelled or under way', async () => {
      const out = await convolve();
      for (const delay of [0, 1, 3, 10]) {
        const controller = new AbortController();
        const cancelled = assert.rejects(convolve(controller.signal), CancelledError);
        const [one, other] = [convolve(), convolve()];
        setTimeout(() => controller.abort(), delay);
        await cancelled;
        assertTensor(await one, out);
        assertTensor(await other, out);
      }
    });

    it('stop within 20 ms when they are cancelled', async () => {
      const delays: number[] = [];
      for (let attempt = 0; attempt < 12; attempt++) {
        const controller = new AbortController();
        const cancelled = performance.now() + 10;
        setTimeout(() => controller.abort(), 10);
        await assert.rejects(convolve(controller.signal), CancelledError);
        delays.push(performance.now() - cancelled);
      }
      const least = Math.min(...delays); // on a busy machine others wait for their turn of the processor
      assert.ok(least <= 20, `${least} ms`);
    });

    it('say when a thread ends in the middle, and compute again afterwards', async () => {
      const out = await convolve();
      let failures = 0;
      for (let attempt = 0; attempt < 5; attempt++) {
        const running = convolve();
        started.stops.at(-1)!();
        try {
          assertTensor(await running, out);
        } catch (error) {
          failures++;
          assert.match(String(error), /kernels: a thread broke down in the middle of \w+; run it again/);
        }
        assertTensor(await convolve(), out);
      }
      assert.ok(failures > 0, 'no thread had a tile when it was ended');
    });
  });

  describe('on two threads that end between jobs', () => {
    const [set] = kernelSets();
    const factor = matrix(random([300, 300], 1, 'float32'));

    it('compute on, and are complete again', async () => {
      const started = startThreads(moduleOf(set), 2);
      const kernels = createWasmKernels(started.crew, { set, arithmetic: 'exact' });
      const multiply = (): Promise<Tensor> => paced(kernels.matmul(factor, factor, 'float32'));
      const expected = finish(reference.matmul(factor, factor, 'float32'));
      for (let time = 1; time <= 3; time++) {
        while (started.stops.length < time) assertTensor(await multiply(), expected);
        started.stops.at(-1)!();
        await new Promise(later => setTimeout(later, 20));
      }
      assertTensor(await multiply(), expected);
      started.crew.end();
    });
  });
});
