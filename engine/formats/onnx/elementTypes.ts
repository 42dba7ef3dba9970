import type { DType } from '../../tensor';
import type { PackedName } from '../arrays/packedEntry';
import { TENSOR } from './schema';

/** How elements of a type are stored, as raw bytes or as numbers of one of the tensor's fields. */
export type ElementType = {
  /** ONNX's name of it. */
  readonly name: string;
  /** The field that holds the numbers, unless they are raw bytes. */
  readonly field: number;
  /** Bytes that each number of that field stands for. */
  readonly width: number;
} & (
  | { readonly kind: 'numbers'; readonly dtype: DType }
  /** Pairs of numbers. */
  | { readonly kind: 'complex'; readonly dtype: 'float32' | 'float64' }
  | { readonly kind: 'packed'; readonly packed: PackedName }
  | { readonly kind: 'texts' }
);

const { floatData, doubleData, int32Data, int64Data, uint64Data, stringData } = TENSOR;

const numbers = (name: string, dtype: DType, field: number, width: number): ElementType => ({
  kind: 'numbers',
  name,
  dtype,
  field,
  width,
});
const packed = (name: string, packed: PackedName): ElementType => ({
  kind: 'packed',
  name,
  packed,
  field: int32Data,
  width: 1,
});

/** By TensorProto.DataType. Source: onnx.proto of ONNX 1.18, with the 2-bit types of 1.20. */
export const ELEMENT_TYPES: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  [1, numbers('FLOAT', 'float32', floatData, 4)],
  [2, numbers('UINT8', 'uint8', int32Data, 1)],
  [3, numbers('INT8', 'int8', int32Data, 1)],
  [4, numbers('UINT16', 'uint16', int32Data, 2)],
  [5, numbers('INT16', 'int16', int32Data, 2)],
  [6, numbers('INT32', 'int32', int32Data, 4)],
  [7, numbers('INT64', 'int64', int64Data, 8)],
  [8, { kind: 'texts', name: 'STRING', field: stringData, width: 0 }],
  [9, numbers('BOOL', 'bool', int32Data, 1)],
  [10, numbers('FLOAT16', 'float16', int32Data, 2)],
  [11, numbers('DOUBLE', 'float64', doubleData, 8)],
  [12, numbers('UINT32', 'uint32', uint64Data, 4)],
  [13, numbers('UINT64', 'uint64', uint64Data, 8)],
  [14, { kind: 'complex', name: 'COMPLEX64', dtype: 'float32', field: floatData, width: 4 }],
  [15, { kind: 'complex', name: 'COMPLEX128', dtype: 'float64', field: doubleData, width: 8 }],
  [16, numbers('BFLOAT16', 'bfloat16', int32Data, 2)],
  [17, numbers('FLOAT8E4M3FN', 'float8_e4m3fn', int32Data, 1)],
  [18, numbers('FLOAT8E4M3FNUZ', 'float8_e4m3fnuz', int32Data, 1)],
  [19, numbers('FLOAT8E5M2', 'float8_e5m2', int32Data, 1)],
  [20, numbers('FLOAT8E5M2FNUZ', 'float8_e5m2fnuz', int32Data, 1)],
  [21, packed('UINT4', 'uint4')],
  [22, packed('INT4', 'int4')],
  [23, packed('FLOAT4E2M1', 'float4_e2m1')],
  [24, numbers('FLOAT8E8M0', 'float8_e8m0fnu', int32Data, 1)],
  [25, packed('UINT2', 'uint2')],
  [26, packed('INT2', 'int2')],
]);
