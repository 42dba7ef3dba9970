import type { Work } from '../kernels';
import { Tensor, sizeOf, type DType, type Shape } from '../tensor';

/** Numbers made between two looks at the clock. */
const SLICE = 1 << 14;

/**
 * Independent normal random numbers of mean 0.
 * @param key what they are for: other keys give other numbers, the same key always the same
 */
export function* normalNumbers(shape: Shape, deviation: number, key: string, dtype: DType): Work<Tensor> {
  const next = uniformNumbers(key);
  const tensor = Tensor.zeros(shape, dtype);
  const values = tensor.numbers();
  for (let i = 0; i < values.length; i++) {
    // Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958. 1 − u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    values[i] = deviation * radius * Math.cos(2 * Math.PI * next());
    if (i % SLICE === SLICE - 1) yield;
  }
  return tensor;
}

/**
 * Standard deviation of the weights of a layer before a ReLU: √(2 / inputs of one output).
 * @param shape (FN, C/groups, FH, FW), or (in, out)
 * @see He et al., "Delving Deep into Rectifiers", 2015, equation 10
 */
export function heDeviation(shape: Shape): number {
  const fanIn = shape.length === 2 ? shape[0] : sizeOf(shape.slice(1));
  return Math.sqrt(2 / fanIn);
}

/** Numbers in [0, 1) from a text: sfc32 (Chris Doty-Humphrey, PractRand), its state from the text by FNV-1a. */
function uniformNumbers(key: string): () => number {
  let [a, b, c, counter] = [hash(`a${key}`), hash(`b${key}`), hash(`c${key}`), 1];
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
