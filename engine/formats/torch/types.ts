import type { DType } from '../../tensor';

/** An element type of PyTorch. */
export interface TorchType {
  /** As PyTorch prints it, without `torch.`. */
  readonly name: string;
  /** Bytes that an element takes. */
  readonly width: number;
  /** What an element consists of: itself, or its real and its imaginary part. Empty where we cannot read it. */
  readonly parts: readonly { readonly name: string; readonly dtype: DType; readonly offset: number }[];
}

function plain(name: string, width: number, dtype: DType): TorchType {
  return { name, width, parts: [{ name: '', dtype, offset: 0 }] };
}

function complex(name: string, width: number, dtype: DType): TorchType {
  const parts = ['real', 'imag'].map((name, i) => ({ name, dtype, offset: (i * width) / 2 }));
  return { name, width, parts };
}

const TYPES: readonly TorchType[] = [
  plain('float64', 8, 'float64'),
  plain('float32', 4, 'float32'),
  plain('float16', 2, 'float16'),
  plain('bfloat16', 2, 'bfloat16'),
  plain('float8_e4m3fn', 1, 'float8_e4m3fn'),
  plain('float8_e5m2', 1, 'float8_e5m2'),
  plain('float8_e4m3fnuz', 1, 'float8_e4m3fnuz'),
  plain('float8_e5m2fnuz', 1, 'float8_e5m2fnuz'),
  plain('float8_e8m0fnu', 1, 'float8_e8m0fnu'),
  plain('int64', 8, 'int64'),
  plain('int32', 4, 'int32'),
  plain('int16', 2, 'int16'),
  plain('int8', 1, 'int8'),
  plain('uint64', 8, 'uint64'),
  plain('uint32', 4, 'uint32'),
  plain('uint16', 2, 'uint16'),
  plain('uint8', 1, 'uint8'),
  plain('bool', 1, 'bool'),
  complex('complex128', 16, 'float64'),
  complex('complex64', 8, 'float32'),
  // Quantised: the integers as they are stored.
  plain('qint32', 4, 'int32'),
  plain('qint8', 1, 'int8'),
  plain('quint8', 1, 'uint8'),
  // Several elements to a byte.
  { name: 'quint4x2', width: 1, parts: [] },
  { name: 'quint2x4', width: 1, parts: [] },
];

const BY_NAME: ReadonlyMap<string, TorchType> = new Map(TYPES.map(type => [type.name, type]));

/** Storage classes, by the dtype that they hold. Source: torch/storage.py, _dtype_to_storage_type_map. */
const STORAGES: readonly (readonly [string, string])[] = [
  ['Double', 'float64'],
  ['Float', 'float32'],
  ['Half', 'float16'],
  ['BFloat16', 'bfloat16'],
  ['Long', 'int64'],
  ['Int', 'int32'],
  ['Short', 'int16'],
  ['Char', 'int8'],
  ['Byte', 'uint8'],
  ['Bool', 'bool'],
  ['ComplexDouble', 'complex128'],
  ['ComplexFloat', 'complex64'],
  ['QInt32', 'qint32'],
  ['QInt8', 'qint8'],
  ['QUInt8', 'quint8'],
  ['QUInt4x2', 'quint4x2'],
  ['QUInt2x4', 'quint2x4'],
  ['Untyped', 'uint8'],
];

const MODULES = ['torch', 'torch.cuda', 'torch.storage'];

const BY_STORAGE: ReadonlyMap<string, TorchType> = new Map(
  STORAGES.flatMap(([storage, dtype]) =>
    MODULES.map((module): [string, TorchType] => [`${module}.${storage}Storage`, BY_NAME.get(dtype)!]),
  ),
);

/** The names of the storage classes, as a pickle gives them. */
export const STORAGE_NAMES: readonly string[] = [...BY_STORAGE.keys()];

/** The names of the dtypes, as a pickle gives them. */
export const DTYPE_NAMES: readonly string[] = TYPES.map(({ name }) => `torch.${name}`);

/** The type of the elements of a storage class, e.g. of `torch.FloatStorage`. */
export function typeOfStorage(name: string): TorchType | undefined {
  return BY_STORAGE.get(name);
}

/** The type that a dtype stands for, e.g. `torch.float32`. */
export function typeOfDType(name: string): TorchType | undefined {
  return BY_NAME.get(name.replace(/^torch\./, ''));
}
