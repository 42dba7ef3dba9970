import { FormatError } from '../../errors';
import { describe, member, type Json } from '../json/jsonValue';

/** Weights that lie one after the other in some files. */
export interface WeightGroup {
  /** The files, beside model.json, in the order of their bytes. */
  readonly paths: readonly string[];
  readonly weights: readonly Weight[];
}

export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: WeightDType;
  readonly quantization?: Quantization;
}

/** Weights stored as smaller numbers: `value = stored · scale + min`. float16 is stored as it is. */
export interface Quantization {
  readonly dtype: 'uint8' | 'uint16' | 'float16';
  readonly scale: number;
  readonly min: number;
}

const DTYPES = ['float32', 'int32', 'bool', 'uint8', 'string', 'complex64'] as const;
const QUANTIZED = ['uint8', 'uint16', 'float16'] as const;
export type WeightDType = (typeof DTYPES)[number];

/** Files of 4 MB each, as the converter makes them, of a model of 40 GB. */
const MAX_FILES = 10_000;

/**
 * The `weightsManifest` of a model.json, checked as far as it can be without the files it names.
 * Source: TensorFlow.js, `WeightsManifestConfig` in tfjs-core/src/io/types.ts.
 * @throws FormatError naming the weight and what is wrong with it
 */
export function readManifest(manifest: Json): WeightGroup[] {
  let files = 0;
  return list(manifest, 'weightsManifest').map((group, i) => {
    const paths = list(member(group, 'paths'), `the paths of group ${i}`).map(path =>
      text(path, `a path of group ${i}`),
    );
    files += paths.length;
    if (files > MAX_FILES) throw fault(`weightsManifest lists over ${MAX_FILES} files`);
    const weights = list(member(group, 'weights'), `the weights of group ${i}`).map(readWeight);
    return { paths, weights };
  });
}

function readWeight(weight: Json): Weight {
  const name = text(member(weight, 'name'), 'the name of a weight');
  const what = `weight '${name.slice(0, 80)}'`;
  const shape = list(member(weight, 'shape'), `the shape of ${what}`).map(extent =>
    number(extent, `an extent of ${what}`),
  );
  const dtype = oneOf(DTYPES, member(weight, 'dtype'), `the dtype of ${what}`);
  const quantization = member(weight, 'quantization');
  if (quantization === undefined) return { name, shape, dtype };
  if (dtype !== 'float32' && dtype !== 'int32') throw fault(`${what} is quantised, which ${dtype} cannot be`);
  return { name, shape, dtype, quantization: readQuantization(quantization, what) };
}

function readQuantization(quantization: Json, what: string): Quantization {
  const dtype = oneOf(QUANTIZED, member(quantization, 'dtype'), `the quantization of ${what}`);
  if (dtype === 'float16') return { dtype, scale: 1, min: 0 };
  return {
    dtype,
    scale: number(member(quantization, 'scale'), `the scale of ${what}`),
    min: number(member(quantization, 'min'), `the min of ${what}`),
  };
}

function list(value: Json | undefined, what: string): Json[] {
  if (!Array.isArray(value)) throw fault(`${what} is ${describe(value)}, not a list`);
  return value;
}

function text(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw fault(`${what} is ${describe(value)}, not a text`);
  return value;
}

function number(value: Json | undefined, what: string): number {
  if (typeof value !== 'number') throw fault(`${what} is ${describe(value)}, not a number`);
  return value;
}

function oneOf<T extends string>(allowed: readonly T[], value: Json | undefined, what: string): T {
  const found = allowed.find(name => name === value);
  if (found) return found;
  throw fault(`${what} is ${describe(value)}, not one of ${allowed.join(', ')}`);
}

function fault(problem: string): FormatError {
  return new FormatError('tfjs', problem);
}
