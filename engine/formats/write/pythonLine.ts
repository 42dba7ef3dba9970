import { IndexError } from '../../errors';
import { formatShape, sizeOf, type DType, type Shape } from '../../tensor';
import { baseName, type FormatName } from '../fileNames';
import { typeString } from '../numpy/dtype';
import type { RawLayout } from '../raw';
import type { PythonNeeds } from '../tensorFile';
import { pythonText } from './pythonText';

/** An array of a file, as a line of Python is to load it. */
export interface LoadedArray {
  readonly format: FormatName | 'raw';
  /** With or without folders; Python looks for the file in its working directory. */
  readonly fileName: string;
  /** The array's name in the list. */
  readonly name: string;
  /** How Python gets from what is loaded to the array; left out where that is not known. */
  readonly access?: string;
  /** Left out for texts and dates. */
  readonly dtype?: DType;
  readonly shape: Shape;
  /** A slice as in NumPy, with or without brackets; empty for the whole array. */
  readonly slice?: string;
  /** How the bytes of a raw file are read. */
  readonly raw?: RawLayout;
  readonly python?: PythonNeeds;
}

/**
 * The line of Python that loads an array, or a slice of it: an expression that leaves the imports to the reader, under
 * the usual names (np, pd, h5py, torch, onnx, Image). Where it is not certain how to get at the array inside the file,
 * the line loads the file, and a comment says what to look for.
 * @throws IndexError if the slice holds anything but numbers, colons, commas and dots
 */
export function pythonLine(array: LoadedArray): string {
  const index = indexOf(array.slice ?? '');
  const { load, whole, warning } = LOADERS[array.format](array);
  const isFound = whole || array.access !== undefined;
  const loaded = isFound ? load(array.access ?? '', index) : load('', '');
  const missing = isFound ? undefined : `look for ${pythonText(array.name)} in it`;
  const remarks = [missing, array.python?.warning, warning].filter(text => text !== undefined);
  return remarks.length > 0 ? `${loaded}  # ${remarks.join('; ')}` : loaded;
}

/** How files of a format are loaded. */
interface Loading {
  /** @param access and @param index of the array in it */
  load(access: string, index: string): string;
  /** What is loaded is the array. */
  readonly whole?: boolean;
  /** What the user should know before running the line. */
  readonly warning?: string;
}

/** Loads what holds arrays under names. */
const container = (loaded: string, warning?: string): Loading => ({
  load: (access, index) => loaded + access + index,
  warning,
});
/** Loads an array. */
const whole = (loaded: string, warning?: string): Loading => ({ ...container(loaded, warning), whole: true });
/** Opens a file whose arrays stay in it until they are read. */
const lazy = (opened: string): Loading => ({
  load: (access, index) => {
    const part = stepsBack(index) ? `[()]${index}` : index || '[()]';
    return opened + access + (access ? part : '');
  },
});
/** Loads tensors of PyTorch. */
const tensors = (loaded: string): Loading => ({
  load: (access, index) => loaded + access + (stepsBack(index) ? `.detach().numpy()${index}` : index),
});
/** Whether a slice has a negative step, which only NumPy takes. */
const stepsBack = (index: string): boolean => /:[^,]*:\s*-/.test(index);

const TRUST = 'runs code from the file: only for files you trust';

const LOADERS: Readonly<Record<LoadedArray['format'], (array: LoadedArray) => Loading>> = {
  npy: array => container(`np.load(${file(array, 'path')})`),
  npz: array => container(`np.load(${file(array, 'path')})`),
  pickle: array =>
    /\.joblib$/i.test(array.fileName)
      ? container(`joblib.load(${file(array, 'path')})`, TRUST)
      : container(`pickle.load(${file(array, 'stream')}${more(array)})`, TRUST),
  torch: array => tensors(`torch.load(${file(array, 'path')}, map_location='cpu')`),
  safetensors: array => tensors(`safetensors.safe_open(${shardOf(array)}, framework='pt')`),
  hdf5: array => lazy(`h5py.File(${file(array, 'path')})`),
  keras: array => lazy(`h5py.File(zipfile.ZipFile(${file(array, 'path')}).open('model.weights.h5'))`),
  onnx: array => {
    // A file of one tensor, as ONNX's test cases have them, needs no name.
    if (array.access === '')
      return whole(`onnx.numpy_helper.to_array(onnx.load_tensor(${file(array, 'path')}))`);
    const model = `onnx.load(${file(array, 'path')})`;
    return array.access === undefined
      ? container(model)
      : container(`{t.name: onnx.numpy_helper.to_array(t) for t in ${model}.graph.initializer}`);
  },
  idx: array => {
    const bytes = `${file(array, 'stream')}.read()`;
    const header = 4 + 4 * array.shape.length;
    return whole(
      `np.frombuffer(${bytes}, ${numpyType(array.dtype, false)}, offset=${header}).reshape(${formatShape(array.shape)})`,
    );
  },
  tfjs: array =>
    container(
      `{w['name']: w['data'] for w in tensorflowjs.read_weights.read_weights(json.load(${file(array, 'stream')})['weightsManifest'], '.', flatten=True)}`,
    ),
  json: array => ({
    load: (access, index) => `np.array(json.load(${file(array, 'stream')})${access})${index}`,
  }),
  csv: array => container(`pd.read_csv(${file(array, 'path')}${more(array)}, comment='#', header=None)`),
  png: image,
  jpeg: image,
  raw: ({ raw, shape, dtype, fileName }) => {
    const type = numpyType(dtype, raw?.littleEndian ?? true);
    const order = raw?.order === 'F' ? ", order='F'" : '';
    return whole(
      `np.fromfile(${file({ fileName }, 'path')}, ${type}, ${sizeOf(shape)}, offset=${raw?.offset ?? 0}).reshape(${formatShape(shape)}${order})`,
    );
  },
};

/** The arguments after the file. */
function more({ python }: LoadedArray): string {
  return python?.arguments ? `, ${python.arguments}` : '';
}

/** The file for a function that takes a path, or one that takes a stream of bytes. */
function file({ fileName }: Pick<LoadedArray, 'fileName'>, as: 'path' | 'stream'): string {
  const name = pythonText(baseName(fileName));
  if (/\.gz$/i.test(fileName)) return `gzip.open(${name})`;
  return as === 'path' ? name : `open(${name}, 'rb')`;
}

/** NumPy's type, or that of ml_dtypes where NumPy has none. */
function numpyType(dtype: DType = 'uint8', littleEndian: boolean): string {
  const type = typeString(dtype);
  if (!type) return `ml_dtypes.${dtype}`;
  return `'${littleEndian ? type : type.replace('<', '>')}'`;
}

/** The file of a sharded model that holds the tensor is found by the index. */
function shardOf(array: LoadedArray): string {
  if (!/\.json$/i.test(array.fileName)) return file(array, 'path');
  return `json.load(${file(array, 'stream')})['weight_map'][${pythonText(array.name)}]`;
}

/** As the list shows images: (1,1,H,W) grey, or (1,3,H,W). */
function image(array: LoadedArray): Loading {
  const opened = `Image.open(${file(array, 'path')})`;
  if (array.shape[1] === 3) {
    const warning = array.dtype === 'uint16' ? 'Pillow reads only the upper 8 of its 16 bits' : undefined;
    return whole(`np.asarray(${opened}.convert('RGB')).transpose(2, 0, 1)[None]`, warning);
  }
  const grey = array.dtype === 'uint8' ? `${opened}.convert('L')` : opened;
  return whole(`np.asarray(${grey})[None, None]`);
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
