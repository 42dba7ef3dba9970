import { extentsOf, hasPadding } from '../conv';
import { createLayerArrays, stepper, type LayerTrace } from '../trace';
import type { Convolution, ConvolutionRun } from './convolution';
import { addConvolutionArrays } from './convolutionArrays';
import { addConvolutionGradients, type ConvolutionGradients } from './convolutionGradients';

/**
 * The steps and arrays of a convolution that went forward.
 * @param name the layer's name, e.g. `conv`
 * @param gradients runs the way back, once
 */
export function traceConvolution(
  name: string,
  convolution: Convolution,
  run: ConvolutionRun,
  gradients: () => Promise<ConvolutionGradients>,
): LayerTrace {
  const layer = createLayerArrays(name, extentsOf(run.geometry), run.out.dtype);
  const padded = hasPadding(run.geometry);
  addConvolutionArrays(layer, convolution, run);
  addConvolutionGradients(layer, convolution, run, gradients);

  const step = stepper(name);
  const source = padded ? 'xPad' : 'x';
  const biased = convolution.b ? 'sum' : 'dot';
  return {
    info: { name, kind: 'convolution', geometry: run.geometry },
    arrays: layer.arrays,
    forward: [
      ...(padded ? [step('forward', 'pad', ['x'], ['xPad'])] : []),
      step('forward', 'im2col', [source], ['col']),
      step('forward', 'filters', ['W'], ['colW']),
      step('forward', 'matmul', ['col', 'colW'], ['dot']),
      ...(convolution.b ? [step('forward', 'bias', ['dot', 'b'], ['sum'])] : []),
      step('forward', 'reshape', [biased], ['nhwc']),
      step('forward', 'transpose', ['nhwc'], ['out']),
    ],
    backward: [
      step('backward', 'dout', ['dout'], ['doutRows']),
      ...(convolution.b ? [step('backward', 'db', ['doutRows'], ['db'])] : []),
      step('backward', 'dW', ['col', 'doutRows'], ['dcolW', 'dW']),
      step('backward', 'dcol', ['doutRows', 'colW'], ['dcol']),
      step('backward', 'col2im', ['dcol'], ['dxPartial', 'overlap', ...(padded ? [] : ['dx'])]),
      ...(padded ? [step('backward', 'crop', ['dxPartial'], ['dx'])] : []),
    ],
  };
}
