import { extentsOf, hasPadding } from '../conv';
import { createLayerArrays, stepper, type LayerTrace } from '../trace';
import type { PoolingOptions } from './pooling';
import { addPoolingArrays, type PoolingNames } from './poolingArrays';
import { poolingTensors, type PoolingTensors } from './poolingTensors';
import type { Keep, LayerOperands, RunningLayer, StartLayer } from './runningLayer';

/** Starts a pooling of one input x (N, C, H, W). */
export const startPooling: StartLayer<PoolingOptions> = (name, options, operands, keep) =>
  startNamedPooling(name, options, operands, keep, array => array);

/** A pooling whose arrays have other names than its own, where they stand beside another layer's. */
export function startNamedPooling(
  name: string,
  options: PoolingOptions,
  operands: LayerOperands,
  keep: Keep,
  called: PoolingNames,
): RunningLayer {
  const tensors = poolingTensors(options, operands, keep);
  return {
    trace: tracePooling(name, tensors, called),
    out: tensors.out,
    dx: [tensors.dx],
    dparameters: {},
  };
}

function tracePooling(name: string, tensors: PoolingTensors, called: PoolingNames): LayerTrace {
  const { geometry, options, out, argMax } = tensors;
  const layer = createLayerArrays(name, extentsOf(geometry), out.dtype);
  addPoolingArrays(layer, tensors, called);

  const padded = hasPadding(geometry);
  const pooled = options.kind === 'max' ? 'max' : 'mean';
  const winners = argMax ? [called('argMax')] : [];
  const step = stepper(name);
  return {
    info: { name, kind: options.kind === 'max' ? 'maxPooling' : 'averagePooling', geometry },
    arrays: layer.arrays,
    forward: [
      ...(padded ? [step('forward', 'pad', [called('x')], [called('xPad')])] : []),
      step('forward', 'im2col', [called(padded ? 'xPad' : 'x')], [called('col')]),
      step('forward', 'reshape', [called('col')], [called('windows')]),
      step('forward', pooled, [called('windows')], [...winners, called(pooled)]),
      step('forward', 'reshape', [called(pooled)], [called('nhwc')]),
      step('forward', 'transpose', [called('nhwc')], [called('out')]),
    ],
    backward: [
      step('backward', `d${pooled}`, [called('dout'), ...winners], [called(`d${pooled}`), called('dcol')]),
      step(
        'backward',
        'col2im',
        [called('dcol')],
        [called('dxPartial'), called('overlap'), ...(padded ? [] : [called('dx')])],
      ),
      ...(padded ? [step('backward', 'crop', [called('dxPartial')], [called('dx')])] : []),
    ],
  };
}
