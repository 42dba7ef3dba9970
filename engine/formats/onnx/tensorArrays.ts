import { CancelledError, EngineError, UnsupportedError } from '../../errors';
import { sliceSource, type ByteSource } from '../bytes/byteSource';
import { complexEntries } from '../arrays/complexEntries';
import { packedByteLength, packedEntry } from '../arrays/packedEntry';
import { checkedByteLength, denseLayout, storedEntry } from '../arrays/storedEntry';
import type { Metadata, Note, StoredArray, TensorEntry, TextEntry } from '../tensorFile';
import { ELEMENT_TYPES, type ElementType } from './elementTypes';
import type { ExternalData } from './externalData';
import type { StoredTensor } from './readTensor';
import { textEntry } from './texts';
import { typedData } from './typedData';

/** What tensors become, in the order of the file. */
export interface Arrays {
  readonly tensors: TensorEntry[];
  readonly texts: TextEntry[];
  readonly notes: Note[];
}

/** Adds a tensor to `arrays`; to the notes if it cannot be read. @throws CancelledError */
export async function addTensor(
  arrays: Arrays,
  source: ByteSource,
  external: ExternalData,
  tensor: StoredTensor,
  metadata: readonly Metadata[],
): Promise<void> {
  const { name } = tensor;
  const type = ELEMENT_TYPES.get(tensor.dataType);
  try {
    if (!type) throw new UnsupportedError(`has elements of type ${tensor.dataType}, which is not read`);
    if (tensor.segmented)
      throw new UnsupportedError('is stored in segments, which are not read; save the model anew');
    const stored = { storedType: type.name, metadata, access: tensor.access };
    if (type.kind === 'texts') {
      arrays.texts.push(textEntry(source, tensor, stored));
    } else {
      const data = await dataOf(source, external, type, tensor);
      arrays.tensors.push(...entries(type, tensor, data, stored));
    }
  } catch (error) {
    if (!(error instanceof EngineError) || error instanceof CancelledError) throw error;
    arrays.notes.push({ name, reason: error.message });
  }
}

type NumberType = Exclude<ElementType, { kind: 'texts' }>;

/** The bytes of a tensor's elements. */
async function dataOf(
  source: ByteSource,
  external: ExternalData,
  type: NumberType,
  tensor: StoredTensor,
): Promise<ByteSource> {
  if (tensor.external) return external.open(tensor.external);
  if (tensor.raw) return sliceSource(source, tensor.raw.start, tensor.raw.end - tensor.raw.start);
  return typedData(source, tensor, type.field, type.width, numberCount(type, tensor.dims));
}

/** Numbers of the tensor's field that its elements take. */
function numberCount(type: NumberType, dims: readonly number[]): number {
  if (type.kind === 'packed')
    return packedByteLength('onnx', { offset: 0, type: type.packed, shape: dims }, Infinity);
  const elements = checkedByteLength('onnx', dims, 'uint8', Infinity);
  return type.kind === 'complex' ? 2 * elements : elements;
}

function entries(
  type: NumberType,
  { name, dims: shape }: StoredTensor,
  data: ByteSource,
  stored: StoredArray,
): TensorEntry[] {
  const layout = { offset: 0, shape, littleEndian: true };
  switch (type.kind) {
    case 'packed':
      return [packedEntry('onnx', name, data, { offset: 0, type: type.packed, shape }, stored)];
    case 'complex':
      return complexEntries('onnx', name, data, { ...layout, dtype: type.dtype }, stored);
    case 'numbers':
      return [storedEntry('onnx', name, data, denseLayout({ ...layout, dtype: type.dtype }), stored)];
  }
}
