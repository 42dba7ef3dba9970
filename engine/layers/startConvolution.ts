import { extentsOf, hasPadding, type ConvolutionOptions } from '../conv';
import { createLayerArrays, stepper, type LayerTrace } from '../trace';
import { addConvolutionArrays } from './convolutionArrays';
import { addConvolutionGradients } from './convolutionGradients';
import { convolutionTensors, type ConvolutionTensors } from './convolutionTensors';
import type { StartLayer } from './runningLayer';

/** Starts a convolution of one input x (N, C, H, W) with the parameters W and, perhaps, b. */
export const startConvolution: StartLayer<ConvolutionOptions> = (name, options, operands, keep) => {
  const tensors = convolutionTensors(options, operands, keep);
  const { out, dx, dW, db } = tensors;
  return {
    trace: traceConvolution(name, tensors),
    out,
    dx: [dx],
    dparameters: { W: dW, ...(db ? { b: db } : {}) },
  };
};

function traceConvolution(name: string, tensors: ConvolutionTensors): LayerTrace {
  const { geometry, out, b } = tensors;
  const layer = createLayerArrays(name, extentsOf(geometry), out.dtype);
  addConvolutionArrays(layer, tensors);
  addConvolutionGradients(layer, tensors);

  const padded = hasPadding(geometry);
  const step = stepper(name);
  const source = padded ? 'xPad' : 'x';
  return {
    info: { name, kind: 'convolution', geometry },
    arrays: layer.arrays,
    forward: [
      ...(padded ? [step('forward', 'pad', ['x'], ['xPad'])] : []),
      step('forward', 'im2col', [source], ['col']),
      step('forward', 'filters', ['W'], ['colW']),
      step('forward', 'matmul', ['col', 'colW'], ['dot']),
      ...(b ? [step('forward', 'bias', ['dot', 'b'], ['sum'])] : []),
      step('forward', 'reshape', [b ? 'sum' : 'dot'], ['nhwc']),
      step('forward', 'transpose', ['nhwc'], ['out']),
    ],
    backward: [
      step('backward', 'dout', ['dout'], ['doutRows']),
      ...(b ? [step('backward', 'db', ['doutRows'], ['db'])] : []),
      step('backward', 'dW', ['col', 'doutRows'], ['dcolW', 'dW']),
      step('backward', 'dcol', ['doutRows', 'colW'], ['dcol']),
      step('backward', 'col2im', ['dcol'], ['dxPartial', 'overlap', ...(padded ? [] : ['dx'])]),
      ...(padded ? [step('backward', 'crop', ['dxPartial'], ['dx'])] : []),
    ],
  };
}
