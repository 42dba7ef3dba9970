import { isFloat, Tensor, type DType } from '../../../engine';
import type { RunNote } from '../../run/runNote';

/** The largest value of the integers that pictures are stored in. */
const FULL_SCALE: Partial<Record<DType, number>> = { uint8: 255, uint16: 65535 };

/** What is done to the values of an input before it is computed with. */
export interface Scaling {
  readonly divisor: number;
  /** What the user must know of it. */
  readonly note?: RunNote;
}

/** Integers that pictures are stored in are brought to 0…1 or 0…255; everything else is taken as it is. */
export function scalingOf(stored: DType, scale: 'unit' | 'byte'): Scaling {
  const top = scale === 'unit' ? 1 : 255;
  const full = FULL_SCALE[stored];
  if (full === undefined || full === top) {
    return { divisor: 1, note: isFloat(stored) ? undefined : { kind: 'unscaled', dtype: stored } };
  }
  const divisor = full / top;
  return { divisor, note: { kind: 'scaled', dtype: stored, divisor, top } };
}

export function scaled(tensor: Tensor, { divisor }: Scaling, dtype: DType): Tensor {
  if (divisor === 1) return tensor.astype(dtype);
  const values = Float64Array.from(tensor.numbers(), value => value / divisor);
  return Tensor.from(values, tensor.shape, dtype);
}
