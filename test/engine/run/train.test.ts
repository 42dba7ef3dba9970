import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  adam,
  CancelledError,
  ShapeError,
  startTraining,
  Tensor,
  UnsupportedError,
  type Batch,
  type Optimizer,
  type Training,
} from '../../../engine';
import { finish, reference, useKernels, type Kernels } from '../../../engine/kernels';
import { wasmKernels } from '../kernels/support/kernelSets';
import { random } from '../support/arrays';
import { b1, convNet, network, options, W1, W2, x } from './networks';
import { sample, simpleConvNet } from './simpleConvNet';

interface Summary {
  readonly sum: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const expected = JSON.parse(readFileSync('test/fixtures/training.json', 'utf8')) as {
  readonly batch: number;
  readonly losses: readonly number[];
  readonly parameters: Readonly<Record<string, Summary>>;
};

/** What the sample network's parameters are called in its file, and in a training. */
const NAMES = {
  W1: 'conv1.W',
  b1: 'conv1.b',
  W2: 'affine3.W',
  b2: 'affine3.b',
  W3: 'scores.W',
  b3: 'scores.b',
};

async function train(dtype: 'float32' | 'float64'): Promise<{ losses: number[]; training: Training }> {
  const { x, t } = await sample('digits.npz');
  const training = await startTraining(simpleConvNet(), options(await sample('params.pkl'), { dtype }));
  const losses: number[] = [];
  for (let step = 0; step < expected.losses.length; step++) {
    const part = (tensor: Tensor, shape: number[], divisor: number): Tensor => {
      const size = tensor.size / tensor.shape[0];
      const numbers = tensor
        .numbers()
        .slice(step * expected.batch * size, (step + 1) * expected.batch * size);
      return Tensor.from(
        Array.from(numbers, value => value / divisor),
        [expected.batch, ...shape],
        dtype,
      );
    };
    const targets = new Map([['softmaxWithLoss6', part(t, [], 1)]]);
    losses.push(await training.step({ input: part(x, [1, 28, 28], 255), targets }));
  }
  return { losses, training };
}

function assertAsExpected({ losses, training }: Awaited<ReturnType<typeof train>>, tolerance: number): void {
  const near = (actual: number, wanted: number, name: string): void => {
    const bound = tolerance * Math.max(1, Math.abs(wanted));
    assert.ok(Math.abs(actual - wanted) <= bound, `${name} is ${actual}, not ${wanted}`);
  };
  expected.losses.forEach((loss, step) => near(losses[step], loss, `loss ${step}`));
  for (const [name, { sum, first, last }] of Object.entries(expected.parameters)) {
    const values = Array.from(training.parameters.get(NAMES[name as keyof typeof NAMES])?.numbers() ?? []);
    near(
      values.reduce((total, value) => total + value, 0),
      sum,
      `the sum of ${name}`,
    );
    [...first, ...last].forEach((value, i) =>
      near(values.at(i < 3 ? i : i - 6) ?? NaN, value, `${name}[${i}]`),
    );
  }
}

describe('training', () => {
  it("does the book's steps of Adam, with PyTorch's gradients", async () => {
    assertAsExpected(await train('float64'), 1e-9);
  });

  const withKernels = async (kernels: Kernels, body: () => Promise<void>): Promise<void> => {
    useKernels(kernels);
    try {
      await body();
    } finally {
      useKernels(reference);
    }
  };
  for (const kernels of wasmKernels('fast')) {
    it(`does so nearly in float32, by the fast kernels: ${kernels.set}`, () =>
      withKernels(kernels, async () => assertAsExpected(await train('float32'), 1e-4)));
  }

  const batch: Batch = { input: x, targets: new Map([['loss', Tensor.from([2, 0], [2], 'int32')]]) };

  it('makes the loss smaller, and leaves what it was given as it is', async () => {
    const given = {
      W1: Tensor.from(W1.numbers(), W1.shape, 'float64'),
      b1: Tensor.zeros([4], 'float64'),
      W2,
    };
    const training = await startTraining(convNet, options(given), adam({ rate: 0.01 }));
    const first = await training.step(batch);
    let last = first;
    for (let step = 0; step < 20; step++) last = await training.step(batch);
    assert.ok(last < first / 4, `${first}, then ${last}`);
    assert.deepEqual(given.W1.numbers(), W1.numbers());
    assert.notDeepEqual(training.parameters.get('conv1.W')?.numbers(), W1.numbers());
  });

  /** Puts the gradients of all parameters into a list, and changes nothing. */
  const watching =
    (gradients: Tensor[]): Optimizer =>
    () =>
    gradient => {
      gradients.push(gradient);
      return Promise.resolve();
    };
  for (const kernels of wasmKernels('exact')) {
    const targets = new Map([['softmaxWithLoss6', Tensor.zeros([20], 'int32')]]);
    // Made by kernels, as results are, and large enough for their memory to be used again.
    const made = (seed: number): Tensor => {
      const x = random([20, 1, 28, 28], seed, 'float32');
      return finish(kernels.mapCells('rectifyLeakily', [x], { run: Infinity, values: [[0.5]] }));
    };
    const start = async (gradients: Tensor[]): Promise<Training> =>
      startTraining(
        simpleConvNet(),
        options(await sample('params.pkl'), { dtype: 'float32' }),
        watching(gradients),
      );

    it(`does not write over what others see: ${kernels.set}`, () =>
      withKernels(kernels, async () => {
        const gradients: Tensor[] = [];
        const training = await start(gradients);
        const [input, other] = [made(1), made(2)];
        for (const x of [input, other]) {
          gradients.length = 0;
          await training.step({ input: x, targets });
          const visible = [input, other, ...gradients];
          const before = visible.map(tensor => Tensor.from(tensor.numbers(), tensor.shape, 'float32'));
          for (let i = 0; i < 2; i++)
            for (const { shape } of before)
              finish(kernels.mapCells('rectify', [Tensor.full(shape, 1, 'float32')]));
          visible.forEach((tensor, i) => assert.deepEqual(tensor.numbers(), before[i].numbers()));
        }
      }));

    it(`makes gradients in the kernels’ memory once those of earlier steps have been given back: ${kernels.set}`, () =>
      withKernels(kernels, async () => {
        const gradients: Tensor[] = [];
        const training = await start(gradients);
        for (let step = 0; step < 4; step++) await training.step({ input: made(step), targets });
        const [largest] = gradients.map(({ size }) => size).sort((a, b) => b - a);
        const large = gradients.filter(({ size }) => size === largest);
        const shared = large.map(({ data }) => data.buffer instanceof SharedArrayBuffer);
        assert.deepEqual(shared, [false, true, true, true]);
      }));
  }

  it('cancels no step that has begun to change parameters', async () => {
    const given = { W1, b1: Tensor.zeros([4], 'float64'), W2 };
    const controller = new AbortController();
    const changed: Tensor[] = [];
    const optimizer: Optimizer = parameter => () => {
      controller.abort();
      changed.push(parameter);
      return Promise.resolve();
    };
    const training = await startTraining(convNet, options(given), optimizer);
    await training.step(batch, controller.signal);
    assert.deepEqual(new Set(changed), new Set(training.parameters.values()));
    await assert.rejects(training.step(batch, controller.signal), CancelledError);
  });

  it('goes on with other batches, labels and sizes as if each were its first', async () => {
    const given = { W1, b1: Tensor.zeros([4], 'float64'), W2 };
    const half = Tensor.from(x.numbers().slice(0, x.size / 2), [1, ...x.shape.slice(1)], x.dtype);
    const batches: Batch[] = [
      batch,
      { ...batch, targets: new Map([['loss', Tensor.from([1, 1], [2], 'int32')]]) },
      { input: half, targets: new Map([['loss', Tensor.from([1], [1], 'int32')]]) },
      { ...batch, targets: new Map([['loss', Tensor.from([0, 0, 1, 1, 0, 0], [2, 3], 'float64')]]) },
      batch,
    ];
    const still: Optimizer = () => () => Promise.resolve();
    const lossOf = async (batch: Batch, training: Promise<Training>) => (await training).step(batch);
    const one = startTraining(convNet, options(given), still);
    for (const batch of batches)
      assert.equal(
        await lossOf(batch, one),
        await lossOf(batch, startTraining(convNet, options(given), still)),
      );
  });

  it('goes on after a step that was cancelled, or whose labels were wrong', async () => {
    const training = await startTraining(convNet, options({ W1, b1, W2 }), () => () => Promise.resolve());
    const loss = await training.step(batch);
    await assert.rejects(training.step(batch, AbortSignal.abort()), CancelledError);
    const wrong = { ...batch, targets: new Map([['loss', Tensor.from([2, 7], [2], 'int32')]]) };
    await assert.rejects(training.step(wrong), /the label of sample 1 is 7/);
    assert.equal(await training.step(batch), loss);
  });

  it('makes parameters that no file has', async () => {
    const layers = convNet.layers.map(layer => ({ ...layer, parameters: {} }));
    const sized = layers.map(layer =>
      layer.type === 'conv'
        ? { ...layer, attributes: { filters: 4, size: 3, pad: 1 } }
        : layer.type === 'affine'
          ? { ...layer, attributes: { units: 3 } }
          : layer,
    );
    const training = await startTraining({ ...convNet, layers: sized }, options({}));
    const [first, second] = [await training.step(batch), await training.step(batch)];
    assert.ok(second < first, `${first}, then ${second}`);
  });

  it('says what stands in its way', async () => {
    const unsure = network(['N', 3], [['affine', { attributes: { units: 2 } }]]);
    await assert.rejects(startTraining(unsure, options({})), (error: Error) => {
      assert.ok(error instanceof UnsupportedError);
      assert.match(error.message, /^train: .* add a layer softmaxWithLoss/);
      return true;
    });
    const misfit = { W1: Tensor.zeros([4, 3, 3, 3], 'float64'), b1, W2 };
    await assert.rejects(startTraining(convNet, options(misfit)), ShapeError);
  });
});
