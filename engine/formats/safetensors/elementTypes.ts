import type { DType } from '../../tensor';

/**
 * The element types and how they are held, from the least to the most strictly aligned: the order in which the
 * reference implementation writes them backwards.
 * Source: the safetensors crate, `Dtype`.
 */
export const ELEMENT_TYPES: ReadonlyMap<string, { readonly bits: number; readonly dtype?: DType }> = new Map([
  ['BOOL', { bits: 8, dtype: 'bool' }],
  ['F4', { bits: 4 }],
  ['F6_E2M3', { bits: 6 }],
  ['F6_E3M2', { bits: 6 }],
  ['U8', { bits: 8, dtype: 'uint8' }],
  ['I8', { bits: 8, dtype: 'int8' }],
  ['F8_E5M2', { bits: 8 }],
  ['F8_E4M3', { bits: 8 }],
  ['F8_E8M0', { bits: 8 }],
  ['F8_E4M3FNUZ', { bits: 8 }],
  ['F8_E5M2FNUZ', { bits: 8 }],
  ['I16', { bits: 16, dtype: 'int16' }],
  ['U16', { bits: 16, dtype: 'uint16' }],
  ['F16', { bits: 16, dtype: 'float16' }],
  ['BF16', { bits: 16, dtype: 'bfloat16' }],
  ['I32', { bits: 32, dtype: 'int32' }],
  ['U32', { bits: 32, dtype: 'uint32' }],
  ['F32', { bits: 32, dtype: 'float32' }],
  ['C64', { bits: 64 }],
  ['F64', { bits: 64, dtype: 'float64' }],
  ['I64', { bits: 64, dtype: 'int64' }],
  ['U64', { bits: 64, dtype: 'uint64' }],
]);
