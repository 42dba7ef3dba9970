import { WireType } from '@bufbuild/protobuf/wire';
import { textMetadata } from '../metadata';
import type { Metadata } from '../tensorFile';
import { ELEMENT_TYPES } from './elementTypes';
import type { ByteRange, Field, ProtobufFile } from './protobuf';
import type { GraphHeader } from './readGraph';
import { readEntry } from './readTensor';
import { DIMENSION, MODEL, OPSET, TENSOR_SHAPE, TENSOR_TYPE, TYPE, VALUE_INFO } from './schema';

/** Inputs, or outputs, that are listed. */
const MAX_VALUES = 200;

/** What a graph takes and gives, and how many nodes of each kind it has. */
export async function graphMetadata(
  file: ProtobufFile,
  graph: GraphHeader,
  operators: ReadonlyMap<string, number>,
): Promise<Metadata[]> {
  const values = async (ranges: readonly ByteRange[]): Promise<(readonly [string, string])[]> => {
    const pairs: (readonly [string, string])[] = [];
    for (const range of ranges.slice(0, MAX_VALUES)) pairs.push(await readValueInfo(file, range));
    return pairs;
  };
  const counts = [...operators]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => [name, String(count)] as const);
  const total = counts.reduce((sum, [, count]) => sum + Number(count), 0);
  return [
    ...textMetadata([['graph', graph.name]]),
    { name: 'inputs', children: textMetadata(await values(graph.inputs)) },
    { name: 'outputs', children: textMetadata(await values(graph.outputs)) },
    { name: 'nodes', value: String(total), children: textMetadata(counts) },
  ];
}

/** A ValueInfoProto: its name, and its type as text, e.g. `FLOAT (N, 3, 224, 224)`. */
async function readValueInfo(file: ProtobufFile, message: ByteRange): Promise<readonly [string, string]> {
  let name = '';
  let type = '';
  for await (const field of file.fields(message)) {
    if (field.number === VALUE_INFO.name) name = await file.text(field);
    if (field.number === VALUE_INFO.type) type = await readType(file, field);
  }
  return [name, type];
}

/** A TypeProto. */
async function readType(file: ProtobufFile, message: ByteRange): Promise<string> {
  let text = 'no tensor';
  for await (const field of file.fields(message)) {
    if (field.number !== TYPE.tensorType) continue;
    let elements = '';
    let shape = '';
    for await (const part of file.fields(field)) {
      if (part.number === TENSOR_TYPE.elemType)
        elements = ELEMENT_TYPES.get(Number(part.value))?.name ?? String(part.value);
      if (part.number === TENSOR_TYPE.shape) shape = await readShape(file, part);
    }
    text = `${elements} ${shape}`.trim();
  }
  return text;
}

/** A TensorShapeProto. */
async function readShape(file: ProtobufFile, message: ByteRange): Promise<string> {
  const dims: string[] = [];
  for await (const field of file.fields(message)) {
    if (field.number !== TENSOR_SHAPE.dim) continue;
    let dim = '?';
    for await (const part of file.fields(field)) {
      if (part.number === DIMENSION.dimValue) dim = String(part.value);
      if (part.number === DIMENSION.dimParam) dim = await file.text(part);
    }
    dims.push(dim);
  }
  return `(${dims.join(', ')})`;
}

/** What a model says of itself besides its graph. @param fields of the ModelProto */
export async function modelMetadata(file: ProtobufFile, fields: readonly Field[]): Promise<Metadata[]> {
  const pairs: (readonly [string, string])[] = [];
  const opsets: (readonly [string, string])[] = [];
  const properties: (readonly [string, string])[] = [];
  for (const field of fields) {
    const label = LABELS.get(field.number);
    if (label)
      pairs.push([label, field.wire === WireType.Varint ? String(field.value) : await file.text(field)]);
    if (field.number === MODEL.opsetImport) opsets.push(await readOpset(file, field));
    if (field.number === MODEL.metadataProps) properties.push(await readEntry(file, field));
  }
  return [
    ...textMetadata(pairs),
    { name: 'opset_import', children: textMetadata(opsets) },
    ...(properties.length > 0 ? [{ name: 'metadata_props', children: textMetadata(properties) }] : []),
  ];
}

/** By the names of onnx.proto. */
const LABELS: ReadonlyMap<number, string> = new Map([
  [MODEL.irVersion, 'ir_version'],
  [MODEL.producerName, 'producer_name'],
  [MODEL.producerVersion, 'producer_version'],
  [MODEL.domain, 'domain'],
  [MODEL.modelVersion, 'model_version'],
  [MODEL.docString, 'doc_string'],
]);

/** An OperatorSetIdProto: the set's name and version. */
async function readOpset(file: ProtobufFile, message: ByteRange): Promise<readonly [string, string]> {
  let domain = '';
  let version = '';
  for await (const field of file.fields(message)) {
    if (field.number === OPSET.domain) domain = await file.text(field);
    if (field.number === OPSET.version) version = String(field.value);
  }
  return [domain || 'ai.onnx', version];
}
