import { FormatError } from '../../errors';
import { Tensor } from '../../tensor';
import { decodedEntry, type Contents, type Note, type TensorEntry } from '../tensorFile';
import { pythonText } from '../write/pythonText';
import { describe, isObject, type Json } from './jsonValue';

/** A tensor has at most 32 axes, and objects of arrays nest a few levels. */
const MAX_DEPTH = 32;
const MAX_NOTES = 100;

/**
 * The nested arrays of numbers in a JSON document as float64, named by the keys on the way to them, joined by dots.
 * @param name of an array that is the whole document
 * @throws FormatError if the only array is ragged or holds something other than numbers
 */
export function nestedArrays(document: Json, name: string): Contents {
  const tensors: TensorEntry[] = [];
  const notes: Note[] = [];

  const note = (path: string, reason: string): void => {
    if (notes.length < MAX_NOTES) notes.push({ name: path, reason });
  };

  const addArray = (array: Json[], path: string, access: string): void => {
    try {
      const tensor = toTensor(array);
      const entry = decodedEntry(path || name, 'float64', tensor.shape, () => Promise.resolve(tensor));
      tensors.push({ ...entry, access });
    } catch (error) {
      if (!(error instanceof FormatError) || path === '') throw error;
      note(path, error.message);
    }
  };

  const walk = (value: Json, path: string, access: string, depth: number): void => {
    if (depth > MAX_DEPTH) note(path, `is nested over ${MAX_DEPTH} levels deep`);
    else if (typeof value !== 'object' || value === null) note(path, `is ${describe(value)}, not an array`);
    else if (Array.isArray(value) && !isObject(value[0])) addArray(value, path, access);
    else
      for (const [key, item] of Object.entries(value)) {
        const step = Array.isArray(value) ? key : pythonText(key);
        walk(item, path ? `${path}.${key}` : key, `${access}[${step}]`, depth + 1);
      }
  };

  walk(document, '', '', 0);
  return { tensors, notes };
}

/**
 * A nested array as a tensor.
 * @throws FormatError naming the place where rows differ in length or something is not a number
 */
function toTensor(array: Json[]): Tensor {
  const shape: number[] = [];
  for (let first: Json | undefined = array; Array.isArray(first); first = first[0]) {
    shape.push(first.length);
    if (shape.length > MAX_DEPTH) throw new FormatError('json', `an array has over ${MAX_DEPTH} axes`);
  }
  // The first rows alone may claim any size, so nothing is allocated for it in advance.
  const numbers: number[] = [];
  const index: number[] = [];
  const fill = (row: Json): void => {
    const axis = index.length;
    if (!Array.isArray(row)) throw misfit(index, `is ${describe(row)} where a row is expected`);
    if (row.length !== shape[axis]) {
      const things = axis === shape.length - 1 ? 'number' : 'row';
      const plural = row.length === 1 ? '' : 's';
      const first = index.map(() => 0);
      throw misfit(index, `has ${row.length} ${things}${plural}, row ${first.join(',')} has ${shape[axis]}`);
    }
    for (let i = 0; i < row.length; i++) {
      const item = row[i];
      index.push(i);
      if (axis < shape.length - 1) fill(item);
      else if (typeof item === 'number') numbers.push(item);
      else throw misfit(index, `is ${describe(item)} where a number is expected`);
      index.pop();
    }
  };
  fill(array);
  return Tensor.wrap(Float64Array.from(numbers), shape, 'float64');
}

function misfit(index: readonly number[], problem: string): FormatError {
  return new FormatError('json', `row ${index.join(',')} ${problem}`);
}
