import { WireType } from '@bufbuild/protobuf/wire';
import { FormatError } from '../../errors';
import type { ByteSource } from '../bytes/byteSource';
import type { Contents, OpenContext } from '../tensorFile';
import { externalData } from './externalData';
import { graphMetadata, modelMetadata } from './modelMetadata';
import { protobufFile, type Field } from './protobuf';
import { readFunction, readGraph, type GraphReader } from './readGraph';
import { readStoredTensor } from './readTensor';
import { MODEL, TENSOR } from './schema';
import { addTensor } from './tensorArrays';

/** Fields of a model, functions and all. */
const MAX_FIELDS = 10_000;

/**
 * Opens an ONNX model: the initializers and constants of its graph, of the graphs inside it and of its functions. Also a
 * single TensorProto, as the inputs of ONNX's test cases are. Elements stay where they are, in this file or beside it.
 * @throws FormatError if it is damaged, or no ONNX
 */
export async function openOnnx(
  source: ByteSource,
  { name, siblings, signal }: OpenContext,
): Promise<Contents> {
  const file = protobufFile(source, 'onnx', signal);
  const reader: GraphReader = {
    file,
    source,
    external: externalData(siblings, signal),
    arrays: { tensors: [], texts: [], notes: [] },
    operators: new Map(),
  };
  const fields: Field[] = [];
  for await (const field of file.fields({ start: 0, end: source.size })) {
    // Here a TensorProto has its type, a ModelProto a text.
    if (field.number === TENSOR.dataType && field.wire === WireType.Varint) return openTensor(reader, name);
    if (fields.length < MAX_FIELDS) fields.push(field);
  }
  const graph = fields.find(({ number }) => number === MODEL.graph);
  if (!graph) throw new FormatError('onnx', 'there is no graph in it: it is no ONNX model');
  const header = await readGraph(reader, graph);
  for (const field of fields.filter(({ number }) => number === MODEL.functions)) {
    await readFunction(reader, field);
  }
  const metadata = [
    ...(await modelMetadata(file, fields)),
    ...(await graphMetadata(file, header, reader.operators)),
  ];
  return { ...reader.arrays, metadata };
}

async function openTensor(reader: GraphReader, name: string): Promise<Contents> {
  const { arrays, file, source, external } = reader;
  const tensor = await readStoredTensor(file, { start: 0, end: source.size });
  await addTensor(arrays, source, external, { ...tensor, name: tensor.name || name, access: '' }, []);
  return arrays;
}
