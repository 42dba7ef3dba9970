import { Tensor, type DType, type Shape } from '../../../../engine';
import {
  startAdd,
  startAffine,
  startBatchnorm,
  startConcat,
  startDropout,
  startFlatten,
  startLeakyRelu,
  startRelu,
  startReshape,
  startSigmoid,
  startSoftmax,
  startSoftmaxWithLoss,
  startTanh,
  startTranspose,
  type StartLayer,
} from '../../../../engine/layers';
import { random } from '../../support/arrays';
import { assertGradients } from './gradient';
import { start, type Given, type Started } from './startLayer';

/** A layer with attributes, on shapes. */
export interface LayerCase {
  readonly title: string;
  readonly inputs: readonly Shape[];
  readonly parameters?: Readonly<Record<string, Shape | Tensor>>;
  readonly out: Shape;
  /** Names of the steps forward, and backward. */
  readonly forward: string;
  readonly backward: string;
  start(given: Given): Started;
  gradients(given: Given): Promise<void>;
}

function layer<Attributes>(
  title: string,
  startLayer: StartLayer<Attributes>,
  attributes: Attributes,
  rest: Pick<LayerCase, 'inputs' | 'parameters' | 'out' | 'forward' | 'backward'>,
): LayerCase {
  return {
    title,
    ...rest,
    start: given => start(startLayer, attributes, given),
    gradients: given => assertGradients(startLayer, attributes, given),
  };
}

const labels = (...numbers: number[]): Tensor => Tensor.from(numbers, [numbers.length], 'int64');

/** Variances are positive. */
const variances = (C: number): Tensor =>
  Tensor.from(
    Array.from({ length: C }, (_, c) => 0.5 + c),
    [C],
    'float64',
  );

const SOFTMAX = 'center exp total divide';

/** Layers of every type, on inputs of one to five axes. */
export const LAYER_CASES: readonly LayerCase[] = [
  ...([[3, 4], [2, 3, 4, 2], [5], [2, 3, 4], [2, 1, 2, 3, 2]] as const).flatMap(shape => {
    const on = { inputs: [shape], out: shape };
    const title = `of ${shape.join('×')}`;
    return [
      layer(`relu ${title}`, startRelu, {}, { ...on, forward: 'mask relu', backward: 'drelu' }),
      layer(
        `leakyrelu ${title}`,
        startLeakyRelu,
        { alpha: 0.1 },
        { ...on, forward: 'mask leakyrelu', backward: 'dleakyrelu' },
      ),
      layer(`sigmoid ${title}`, startSigmoid, {}, { ...on, forward: 'exp sigmoid', backward: 'dsigmoid' }),
      layer(`tanh ${title}`, startTanh, {}, { ...on, forward: 'tanh', backward: 'dtanh' }),
      ...[true, false].map(inverted =>
        layer(
          `dropout ${title}, ${inverted ? '' : 'not '}inverted`,
          startDropout,
          { ratio: 0.3, inverted },
          { ...on, forward: 'dropout', backward: 'ddropout' },
        ),
      ),
      layer(
        `add ${title}`,
        startAdd,
        {},
        { inputs: [shape, shape, shape], out: shape, forward: 'add', backward: 'dadd' },
      ),
    ];
  }),
  ...(
    [
      [3, 4],
      [2, 3, 4, 2],
      [2, 3, 4],
      [2, 2, 1, 2, 3],
    ] as const
  ).map(shape => {
    const [, C] = shape;
    return layer(
      `batchnorm of ${shape.join('×')}`,
      startBatchnorm,
      { eps: 1e-5 },
      {
        inputs: [shape],
        parameters: { gamma: [C], beta: [C], mean: [C], var: variances(C) },
        out: shape,
        forward: 'normalise scale shift',
        backward: 'dbeta dgamma dscale dnormalise',
      },
    );
  }),
  ...([0, 1, 2, 3, -1] as const).map(axis => {
    const inputs = [3, 1, 2].map(size => [2, 2, 3, 2].with(axis, size));
    const out = [2, 2, 3, 2].with(axis, 6);
    return layer(
      `concat along axis ${axis}`,
      startConcat,
      { axis },
      { inputs, out, forward: 'concat', backward: 'dconcat' },
    );
  }),
  layer(
    'concat of rows',
    startConcat,
    { axis: 1 },
    { inputs: [[3, 2], [3, 1]], out: [3, 3], forward: 'concat', backward: 'dconcat' }, // prettier-ignore
  ),
  ...(
    [
      [
        [2, 3, 4, 2],
        [2, 24],
      ],
      [
        [2, 12],
        [2, 3, 2, 2],
      ],
      [
        [2, 3, 4],
        [4, 6],
      ],
      [
        [6, 1, 2],
        [3, 4, 1],
      ],
      [
        [2, 1, 2, 3, 2],
        [2, 6, 2],
      ],
      [[2, 3], [6]],
    ] as const
  ).map(([from, to]) =>
    layer(
      `reshape of ${from.join('×')} to ${to.join('×')}`,
      startReshape,
      { shape: to },
      { inputs: [from], out: to, forward: 'reshape', backward: 'reshape' },
    ),
  ),
  ...(
    [
      [2, 3, 4, 2],
      [2, 6],
      [2, 3, 1, 2, 2],
    ] as const
  ).map(shape =>
    layer(
      `flatten of ${shape.join('×')}`,
      startFlatten,
      {},
      {
        inputs: [shape],
        out: [2, shape.slice(1).reduce((a: number, b) => a * b, 1)],
        forward: 'reshape',
        backward: 'reshape',
      },
    ),
  ),
  ...(
    [
      [0, 2, 3, 1],
      [3, 1, 0, 2],
      [1, 0],
      [2, 0, 1],
      [4, 1, 3, 0, 2],
    ] as const
  ).map(axes => {
    const shape = [2, 3, 4, 1, 2].slice(0, axes.length);
    return layer(
      `transpose with axes ${axes.join()}`,
      startTranspose,
      { axes },
      {
        inputs: [shape],
        out: axes.map(axis => shape[axis]),
        forward: 'transpose',
        backward: 'transpose',
      },
    );
  }),
  layer(
    'affine',
    startAffine,
    {},
    {
      inputs: [[4, 5]],
      parameters: { W: [5, 3], b: [3] },
      out: [4, 3],
      forward: 'matmul bias',
      backward: 'dx dW db',
    },
  ),
  layer(
    'affine without a bias',
    startAffine,
    {},
    { inputs: [[4, 5]], parameters: { W: [5, 3] }, out: [4, 3], forward: 'matmul', backward: 'dx dW' },
  ),
  layer(
    'affine of maps',
    startAffine,
    {},
    {
      inputs: [[2, 3, 4, 2]],
      parameters: { W: [24, 3], b: [3] },
      out: [2, 3],
      forward: 'reshape matmul bias',
      backward: 'dx dW db reshape',
    },
  ),
  layer(
    'affine of five axes without a bias',
    startAffine,
    {},
    {
      inputs: [[2, 3, 1, 2, 2]],
      parameters: { W: [12, 3] },
      out: [2, 3],
      forward: 'reshape matmul',
      backward: 'dx dW reshape',
    },
  ),
  ...([0, 1, 2, 3, -1] as const).map(axis =>
    layer(
      `softmax along axis ${axis}`,
      startSoftmax,
      { axis },
      { inputs: [[2, 3, 2, 4]], out: [2, 3, 2, 4], forward: SOFTMAX, backward: 'dsoftmax' },
    ),
  ),
  layer(
    'softmax of rows',
    startSoftmax,
    { axis: 1 },
    { inputs: [[3, 4]], out: [3, 4], forward: SOFTMAX, backward: 'dsoftmax' },
  ),
  layer(
    'softmaxWithLoss of class numbers',
    startSoftmaxWithLoss,
    {},
    {
      inputs: [[3, 4]],
      parameters: { t: labels(2, 0, 3) },
      out: [],
      forward: `${SOFTMAX} oneHot log crossEntropy`,
      backward: 'dcrossEntropy',
    },
  ),
  layer(
    'softmaxWithLoss of one-hot labels',
    startSoftmaxWithLoss,
    {},
    {
      inputs: [[2, 3]],
      parameters: { t: Tensor.from([0, 0, 1, 1, 0, 0], [2, 3], 'uint8') },
      out: [],
      forward: `${SOFTMAX} log crossEntropy`,
      backward: 'dcrossEntropy',
    },
  ),
];

/** Random numbers for a layer. */
export function randomOperands({ inputs, parameters = {}, out }: LayerCase, dtype: DType): Given {
  const make = (shape: Shape, seed: number): Tensor => random(shape, seed, dtype);
  return {
    inputs: inputs.map((shape, i) => make(shape, 10 + i)),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([role, shape], i) => [
        role,
        shape instanceof Tensor ? shape : make(shape, 20 + i),
      ]),
    ),
    dout: make(out, 30),
  };
}
