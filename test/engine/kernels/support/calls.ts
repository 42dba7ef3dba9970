import {
  convolutionGeometry,
  poolingGeometry,
  Tensor,
  type ConvolutionOptions,
  type DType,
  type Shape,
} from '../../../../engine';
import {
  finish,
  matrix,
  reference,
  type AdamState,
  type Kernels,
  type Work,
} from '../../../../engine/kernels';
import { random } from '../../support/arrays';

/** A call of a kernel with its operands, and all that it makes of them. */
export interface KernelCall {
  readonly name: string;
  run(kernels: Kernels): Work<Tensor[]>;
}

/** Convolutions for each way to compute one: the shape of x but for its last two extents, that of W, and options. */
const CONVOLUTIONS: Readonly<Record<string, readonly [x: Shape, W: Shape, options: ConvolutionOptions]>> = {
  'a convolution with a stride': [[2, 5], [7, 5, 5, 3], { stride: 2, pad: 1 }],
  'a convolution of 1×1': [[1, 9], [10, 9, 1, 1], {}],
  'a convolution of 3×3': [[2, 8], [9, 8, 3, 3], { pad: 1 }],
  'a dilated convolution': [[1, 8], [8, 8, 3, 3], { dilation: 2 }],
  'a convolution in groups': [[2, 6], [10, 3, 3, 3], { groups: 2, pad: 1 }],
  'a depthwise convolution': [[2, 5], [5, 1, 3, 3], { groups: 5, pad: 1 }],
  'a convolution with few filters': [[1, 3], [2, 3, 4, 2], {}],
};

/** Every kernel, and every way in which it may compute. @param side extent of the operands along two of their axes */
export function kernelCalls(dtype: DType, side: number): KernelCall[] {
  return [
    ...Object.entries(CONVOLUTIONS).flatMap(([name, [xShape, WShape, options]]) =>
      convolutionCalls(name, [...xShape, side, side + 3], WShape, options, dtype),
    ),
    ...poolingCalls([2, 19, side, side + 3], dtype),
    ...otherCalls(side, dtype),
  ];
}

function convolutionCalls(
  name: string,
  xShape: Shape,
  WShape: Shape,
  options: ConvolutionOptions,
  dtype: DType,
): KernelCall[] {
  const geometry = convolutionGeometry(xShape, WShape, options);
  const { N, FN, vertical, horizontal } = geometry;
  const [x, W, b] = [random(xShape, 1, dtype), random(WShape, 2, dtype), random([FN], 3, dtype)];
  const dout = random([N, FN, vertical.out, horizontal.out], 4, dtype);
  return [
    { name, run: kernels => alone(kernels.convolve(x, W, b, geometry)) },
    { name: `dW of ${name}`, run: kernels => alone(kernels.weightGradient(dout, x, geometry)) },
    { name: `db of ${name}`, run: kernels => alone(kernels.biasGradient(dout)) },
    { name: `dx of ${name}`, run: kernels => alone(kernels.convolutionInputGradient(dout, W, geometry)) },
  ];
}

function poolingCalls(xShape: Shape, dtype: DType): KernelCall[] {
  const geometry = poolingGeometry(xShape, { size: 3, stride: 2, pad: 1 });
  const x = random(xShape, 1, dtype);
  const { out, argMax } = finish(reference.maxPool(x, geometry));
  const dout = random(out.shape, 2, dtype);
  return [
    {
      name: 'a max pooling',
      *run(kernels) {
        const { out: largest, argMax: winners } = yield* kernels.maxPool(x, geometry);
        return [largest, winners];
      },
    },
    { name: 'an average pooling', run: kernels => alone(kernels.averagePool(x, geometry, true)) },
    { name: 'dx of a max pooling', run: kernels => alone(kernels.maxInputGradient(dout, argMax, geometry)) },
    {
      name: 'dx of an average pooling',
      run: kernels => alone(kernels.averageInputGradient(dout, geometry, false)),
    },
  ];
}

function otherCalls(side: number, dtype: DType): KernelCall[] {
  const [a, b] = [random([side + 3, 2 * side], 1, dtype), random([2 * side, side - 1], 2, dtype)];
  const [x, through] = [random([side, side, 3], 1, dtype), random([side, side, 3], 2, dtype)];
  return [
    { name: 'a product', run: kernels => alone(kernels.matmul(matrix(a), matrix(b), dtype)) },
    { name: 'tanh', run: kernels => alone(kernels.mapCells('tanh', [x])) },
    { name: 'an addition', run: kernels => alone(kernels.add([x, through], dtype)) },
    {
      name: 'Adam',
      *run(kernels) {
        const [values, means] = [x, through].map(tensor => Tensor.from(tensor.numbers(), x.shape, dtype));
        const squares = Tensor.zeros(x.shape, dtype);
        const state: AdamState = { values, means, squares };
        yield* kernels.adam(state, x, { step: 0.01, meanShare: 0.1, squareShare: 0.001, epsilon: 1e-7 });
        return [values, means, squares];
      },
    },
  ];
}

function* alone(work: Work<Tensor>): Work<Tensor[]> {
  return [yield* work];
}
