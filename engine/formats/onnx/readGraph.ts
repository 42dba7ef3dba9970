import type { ByteSource } from '../bytes/byteSource';
import type { Metadata } from '../tensorFile';
import type { ExternalData } from './externalData';
import { pythonText } from '../write/pythonText';
import type { ByteRange, ProtobufFile } from './protobuf';
import { integers, MAX_DIMS, readAttributeValue, readStoredTensor, type StoredTensor } from './readTensor';
import { ATTRIBUTE, FUNCTION, GRAPH, NODE, SPARSE_TENSOR } from './schema';
import { addTensor, type Arrays } from './tensorArrays';

/** Graphs in graphs that are looked into. */
const MAX_DEPTH = 16;

/** Reads the weights of graphs: what they find out is collected in `arrays` and `operators`. */
export interface GraphReader {
  readonly file: ProtobufFile;
  readonly source: ByteSource;
  readonly external: ExternalData;
  readonly arrays: Arrays;
  /** Nodes of each kind, in the order in which they are met. */
  readonly operators: Map<string, number>;
}

/** What a graph says of itself; its inputs and outputs are ValueInfoProtos. */
export interface GraphHeader {
  readonly name: string;
  readonly inputs: readonly ByteRange[];
  readonly outputs: readonly ByteRange[];
}

/**
 * Reads a GraphProto: its initializers, the values of its Constant nodes, and the same of the graphs inside its nodes.
 * @param prefix of the names of tensors
 * @throws FormatError if it is damaged
 */
export async function readGraph(
  reader: GraphReader,
  message: ByteRange,
  prefix = '',
  depth = 0,
): Promise<GraphHeader> {
  const { file } = reader;
  let name = '';
  const inputs: ByteRange[] = [];
  const outputs: ByteRange[] = [];
  for await (const field of file.fields(message)) {
    switch (field.number) {
      case GRAPH.node:
        await readNode(reader, field, prefix, depth);
        break;
      case GRAPH.name:
        name = await file.text(field);
        break;
      case GRAPH.initializer:
        await addInitializer(reader, prefix, await readStoredTensor(file, field));
        break;
      case GRAPH.sparseInitializer:
        await addSparse(reader, prefix, '', field);
        break;
      case GRAPH.input:
        inputs.push(field);
        break;
      case GRAPH.output:
        outputs.push(field);
        break;
    }
  }
  return { name, inputs, outputs };
}

/** Reads a FunctionProto: the constants in it are named after it. */
export async function readFunction(reader: GraphReader, message: ByteRange): Promise<void> {
  let name = '';
  const nodes: ByteRange[] = [];
  for await (const field of reader.file.fields(message)) {
    if (field.number === FUNCTION.name) name = await reader.file.text(field);
    if (field.number === FUNCTION.node) nodes.push(field);
  }
  for (const node of nodes) await readNode(reader, node, `${name}.`, 0);
}

async function readNode(
  reader: GraphReader,
  message: ByteRange,
  prefix: string,
  depth: number,
): Promise<void> {
  const { file, operators, arrays } = reader;
  let [name, output, operator, domain] = ['', '', '', ''];
  const attributes: ByteRange[] = [];
  for await (const field of file.fields(message)) {
    if (field.number === NODE.output) output ||= await file.text(field);
    else if (field.number === NODE.name) name = await file.text(field);
    else if (field.number === NODE.opType) operator = await file.text(field);
    else if (field.number === NODE.domain) domain = await file.text(field);
    else if (field.number === NODE.attribute) attributes.push(field);
  }
  const kind = domain === '' || domain === 'ai.onnx' ? operator : `${domain}.${operator}`;
  operators.set(kind, (operators.get(kind) ?? 0) + 1);
  for (const attribute of attributes) {
    if (kind === 'Constant') await addConstant(reader, prefix, output || name || kind, attribute);
    for await (const field of file.fields(attribute)) {
      if (field.number !== ATTRIBUTE.g && field.number !== ATTRIBUTE.graphs) continue;
      const inner = `${prefix}${name || output || kind}.`;
      if (depth < MAX_DEPTH) await readGraph(reader, field, inner, depth + 1);
      else
        arrays.notes.push({ name: inner, reason: `is more than ${MAX_DEPTH} graphs deep; it is not listed` });
    }
  }
}

/** Adds the value of a Constant, which one of its attributes is. */
async function addConstant(
  reader: GraphReader,
  prefix: string,
  name: string,
  attribute: ByteRange,
): Promise<void> {
  const { file } = reader;
  const value = await readAttributeValue(file, attribute);
  if (value) await add(reader, prefix, { ...value, name });
  for await (const field of file.fields(attribute)) {
    if (field.number === ATTRIBUTE.t)
      await add(reader, prefix, { ...(await readStoredTensor(file, field)), name });
    if (field.number === ATTRIBUTE.sparseTensor) await addSparse(reader, prefix, name, field);
  }
}

/** Adds a SparseTensorProto as two arrays: its values, and where they belong. */
async function addSparse(
  reader: GraphReader,
  prefix: string,
  name: string,
  message: ByteRange,
): Promise<void> {
  const { file } = reader;
  const parts: [part: string, tensor: StoredTensor][] = [];
  const dims: bigint[] = [];
  for await (const field of file.fields(message)) {
    if (field.number === SPARSE_TENSOR.values) parts.push(['values', await readStoredTensor(file, field)]);
    if (field.number === SPARSE_TENSOR.indices) parts.push(['indices', await readStoredTensor(file, field)]);
    if (field.number === SPARSE_TENSOR.dims && dims.length < MAX_DIMS)
      dims.push(...(await integers(file, field, MAX_DIMS)));
  }
  const whole = name || parts.find(([part]) => part === 'values')?.[1].name || 'sparse';
  const metadata = [{ name: 'shape of the sparse tensor', value: `(${dims.join(', ')})` }];
  for (const [part, tensor] of parts)
    await add(reader, prefix, { ...tensor, name: `${whole}.${part}` }, metadata);
}

function addInitializer(reader: GraphReader, prefix: string, tensor: StoredTensor): Promise<void> {
  const access = prefix === '' ? `[${pythonText(tensor.name)}]` : undefined;
  return add(reader, prefix, { ...tensor, access });
}

function add(
  { arrays, source, external }: GraphReader,
  prefix: string,
  tensor: StoredTensor,
  metadata: readonly Metadata[] = [],
): Promise<void> {
  return addTensor(arrays, source, external, { ...tensor, name: prefix + tensor.name }, metadata);
}
