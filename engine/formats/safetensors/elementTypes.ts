import type { DType } from '../../tensor';
import type { PackedName } from '../arrays/packedEntry';

/** How elements of a type are held. */
export type ElementType =
  | { readonly bits: number; readonly dtype: DType }
  | { readonly bits: number; readonly packed: PackedName }
  /** A real and an imaginary part of this type, next to each other. */
  | { readonly bits: number; readonly complex: DType };

/**
 * The element types by the names in the file. From the least to the most strictly aligned, which is the order that the
 * reference implementation writes tensors in, the last first.
 * Source: the safetensors crate, `Dtype`.
 */
export const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map<string, ElementType>([
  ['BOOL', { bits: 8, dtype: 'bool' }],
  ['F4', { bits: 4, packed: 'float4_e2m1' }],
  ['F6_E2M3', { bits: 6, packed: 'float6_e2m3' }],
  ['F6_E3M2', { bits: 6, packed: 'float6_e3m2' }],
  ['U8', { bits: 8, dtype: 'uint8' }],
  ['I8', { bits: 8, dtype: 'int8' }],
  ['F8_E5M2', { bits: 8, dtype: 'float8_e5m2' }],
  ['F8_E4M3', { bits: 8, dtype: 'float8_e4m3fn' }],
  ['F8_E8M0', { bits: 8, dtype: 'float8_e8m0fnu' }],
  ['F8_E4M3FNUZ', { bits: 8, dtype: 'float8_e4m3fnuz' }],
  ['F8_E5M2FNUZ', { bits: 8, dtype: 'float8_e5m2fnuz' }],
  ['I16', { bits: 16, dtype: 'int16' }],
  ['U16', { bits: 16, dtype: 'uint16' }],
  ['F16', { bits: 16, dtype: 'float16' }],
  ['BF16', { bits: 16, dtype: 'bfloat16' }],
  ['I32', { bits: 32, dtype: 'int32' }],
  ['U32', { bits: 32, dtype: 'uint32' }],
  ['F32', { bits: 32, dtype: 'float32' }],
  ['C64', { bits: 64, complex: 'float32' }],
  ['F64', { bits: 64, dtype: 'float64' }],
  ['I64', { bits: 64, dtype: 'int64' }],
  ['U64', { bits: 64, dtype: 'uint64' }],
]);
