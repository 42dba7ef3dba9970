import type { DType } from '../../tensor';
import type { Arithmetic } from '../kernels';
import type { Numbers } from '../matrix';

/** Numbers that kernels read and write. */
export type Floats = Float32Array | Float64Array;

/** Of each kernel there are three, for the types of the numbers and of the sums. */
export type Variant = 'fast' | 'exact' | 'float64';

/** The kernels for numbers of a type. */
export function variantOf(dtype: DType, arithmetic: Arithmetic): Variant {
  return dtype === 'float64' ? 'float64' : arithmetic;
}

/** Bytes of a number, and of a sum and the packed numbers that go into it. */
export function bytesOf(variant: Variant): { readonly number: number; readonly sum: number } {
  return { number: variant === 'float64' ? 8 : 4, sum: variant === 'fast' ? 4 : 8 };
}

/** Whether numbers are of the type that is computed in. What other arrays hold, the reference converts as it reads. */
export function isFloat(values: Numbers, dtype: DType): values is Floats {
  return dtype === 'float64' ? values instanceof Float64Array : values instanceof Float32Array;
}
