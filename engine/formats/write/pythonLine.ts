import { IndexError } from '../../errors';
import { formatShape, sizeOf, type DType, type Shape } from '../../tensor';
import { baseName, stem, type FormatName } from '../fileNames';
import { typeString } from '../numpy/dtype';
import type { RawLayout } from '../raw';
import { pythonText } from './pythonText';

/** An array of a file, as a line of Python is to load it. */
export interface LoadedArray {
  readonly format: FormatName | 'raw';
  /** With or without folders; Python looks for the file in its working directory. */
  readonly fileName: string;
  /** The array's name in the list. */
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  /** A slice as in NumPy, with or without brackets; empty for the whole array. */
  readonly slice?: string;
  /** How the bytes of a raw file are read. */
  readonly raw?: RawLayout;
}

/**
 * The line of Python that loads an array, or a slice of it: an expression that leaves the imports to the reader, under
 * the usual names (np, pd, h5py, torch, onnx, Image).
 * Names of nested pickles and JSON are joined by dots in the list, and taken apart here at their dots.
 * @throws IndexError if the slice holds anything but numbers, colons, commas and dots
 */
export function pythonLine(array: LoadedArray): string {
  const { expression, comment } = LOADERS[array.format](array, indexOf(array.slice ?? ''));
  return comment ? `${expression}  # ${comment}` : expression;
}

type Loader = (array: LoadedArray, index: string) => { expression: string; comment?: string };

/** A loader of what supports NumPy's slices by itself. */
const then =
  (load: (array: LoadedArray) => string, comment?: string): Loader =>
  (array, index) => ({ expression: load(array) + index, comment });

const LOADERS: Readonly<Record<LoadedArray['format'], Loader>> = {
  npy: then(array => `np.load(${file(array, 'path')})`),
  npz: then(array => `np.load(${file(array, 'path')})[${pythonText(array.name)}]`),
  pickle: (array, index) => ({
    expression: `${/\.joblib$/i.test(array.fileName) ? `joblib.load(${file(array, 'path')})` : `pickle.load(${file(array, 'stream')})`}${keysOf(array)}${index}`,
    comment: 'runs code from the file: only for files you trust',
  }),
  torch: then(array => `torch.load(${file(array, 'path')}, map_location='cpu')${torchKeys(array)}`),
  safetensors: then(
    array => `safetensors.safe_open(${shardOf(array)}, framework='pt').get_tensor(${pythonText(array.name)})`,
  ),
  hdf5: (array, index) => ({
    expression: `h5py.File(${file(array, 'path')})[${pythonText(array.name)}]${index || '[()]'}`,
  }),
  keras: (array, index) => ({
    expression: `h5py.File(zipfile.ZipFile(${file(array, 'path')}).open('model.weights.h5'))[${pythonText(array.name)}]${index || '[()]'}`,
  }),
  onnx: then(
    array =>
      `{t.name: onnx.numpy_helper.to_array(t) for t in onnx.load(${file(array, 'path')}).graph.initializer}[${pythonText(array.name)}]`,
  ),
  idx: then(array => {
    const rank = array.shape.length;
    const bytes = `${file(array, 'stream')}.read()`;
    return `np.frombuffer(${bytes}, ${numpyType(array.dtype, false)}, offset=${4 + 4 * rank}).reshape(${formatShape(array.shape)})`;
  }),
  tfjs: then(
    array =>
      `{w['name']: w['data'] for w in tensorflowjs.read_weights.read_weights(json.load(${file(array, 'stream')})['weightsManifest'], '.', flatten=True)}[${pythonText(array.name)}]`,
  ),
  json: then(array => `np.array(json.load(${file(array, 'stream')})${keysOf(array)})`),
  csv: then(
    array => `pd.read_csv(${file(array, 'path')}, sep=None, engine='python', comment='#').to_numpy()`,
    'header=None if the first row holds numbers',
  ),
  png: then(image),
  jpeg: then(image),
  raw: then(({ raw, shape, dtype, fileName }) => {
    const type = numpyType(dtype, raw?.littleEndian ?? true);
    const order = raw?.order === 'F' ? ", order='F'" : '';
    return `np.fromfile(${file({ fileName }, 'path')}, ${type}, ${sizeOf(shape)}, offset=${raw?.offset ?? 0}).reshape(${formatShape(shape)}${order})`;
  }),
};

/** The file for a function that takes a path, or one that takes a stream of bytes. */
function file({ fileName }: Pick<LoadedArray, 'fileName'>, as: 'path' | 'stream'): string {
  const name = pythonText(baseName(fileName));
  if (/\.gz$/i.test(fileName)) return `gzip.open(${name})`;
  return as === 'path' ? name : `open(${name}, 'rb')`;
}

/** NumPy's type, or that of ml_dtypes where NumPy has none. */
function numpyType(dtype: DType, littleEndian: boolean): string {
  const type = typeString(dtype);
  if (!type) return `ml_dtypes.${dtype}`;
  return `'${littleEndian ? type : type.replace('<', '>')}'`;
}

/** `['layers'][0]['W']` of the name `layers.0.W`; nothing of an array that is the whole file. */
function keysOf({ name, fileName }: LoadedArray): string {
  if (name === stem(fileName)) return '';
  const keys = name.split('.').map(key => (/^\d{1,9}$/.test(key) ? key : pythonText(key)));
  return keys.map(key => `[${key}]`).join('');
}

/** A state dict has dots in its own keys; it may lie in a checkpoint. */
function torchKeys({ name, fileName }: LoadedArray): string {
  if (name === stem(fileName)) return '';
  const [, checkpoint, key] = /^(?:(state_dict|model_state_dict)\.)?(.*)$/s.exec(name) ?? [];
  return `${checkpoint ? `['${checkpoint}']` : ''}[${pythonText(key)}]`;
}

/** The file of a sharded model that holds the tensor is found by the index. */
function shardOf(array: LoadedArray): string {
  if (!/\.json$/i.test(array.fileName)) return file(array, 'path');
  return `json.load(${file(array, 'stream')})['weight_map'][${pythonText(array.name)}]`;
}

/** As the list shows images: (1,1,H,W) grey, or (1,3,H,W). */
function image(array: LoadedArray): string {
  const opened = `Image.open(${file(array, 'path')})`;
  if (array.shape[1] === 3) return `np.asarray(${opened}.convert('RGB')).transpose(2, 0, 1)[None]`;
  const grey = array.dtype === 'uint8' ? `${opened}.convert('L')` : opened;
  return `np.asarray(${grey})[None, None]`;
}

/** `[3, 0]` of `3, 0` or `[3, 0]`; nothing of an empty slice. */
function indexOf(slice: string): string {
  const text = slice
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .trim();
  if (!/^[\d\s,:.+-]*$/.test(text)) throw new IndexError(`slice '${slice}' is none of NumPy's`);
  return text === '' ? '' : `[${text}]`;
}
