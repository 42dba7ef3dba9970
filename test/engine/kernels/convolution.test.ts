import { convolutionGeometry, type DType } from '../../../engine';
import { finish, reference } from '../../../engine/kernels';
import { assertTensor, random } from '../support/arrays';
import { assertClose } from './support/closeness';
import { CONVOLUTIONS } from './support/convolutions';
import { wasmKernels } from './support/kernelSets';

describe('convolution in WebAssembly', () => {
  for (const [xShape, WShape, options] of CONVOLUTIONS) {
    const name = `${xShape.join('×')} * ${WShape.join('×')} ${JSON.stringify(options)}`;
    const operands = (dtype: DType) =>
      [random(xShape, 1, dtype), random(WShape, 2, dtype), random([WShape[0]], 3, dtype)] as const;

    for (const kernels of wasmKernels('exact')) {
      for (const dtype of ['float32', 'float64'] as const) {
        it(`gives the bits of the reference: ${kernels.set}, ${dtype}, ${name}`, () => {
          const [x, W, b] = operands(dtype);
          const geometry = convolutionGeometry(xShape, WShape, options);
          for (const bias of [b, null])
            assertTensor(
              finish(kernels.convolve(x, W, bias, geometry)),
              finish(reference.convolve(x, W, bias, geometry)),
            );
        });
      }
    }

    for (const kernels of [...wasmKernels('fast'), ...wasmKernels('fast', false)]) {
      it(`is close to the sums in float64: ${kernels.set}, fast, ${name}`, () => {
        const [x, W, b] = operands('float32');
        const geometry = convolutionGeometry(xShape, WShape, options);
        const wide = [x, W, b].map(tensor => tensor.astype('float64'));
        const exact = finish(reference.convolve(wide[0], wide[1], wide[2], geometry));
        assertClose(finish(kernels.convolve(x, W, b, geometry)), exact);
      });
    }
  }
});
