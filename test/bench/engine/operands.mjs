// The numbers that every participant gets, as files of float32 alone.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputShape } from './layers.mjs';

/** @typedef {Record<string, Float32Array>} Arrays by name */

/** @param {readonly number[]} shape */
export function sizeOf(shape) {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * Shapes of what a layer works on, by name.
 * @param {import('./layers.mjs').Layer} layer
 * @returns {Record<string, number[]>}
 */
export function operandShapes(layer) {
  switch (layer.kind) {
    case 'convolution':
      return { x: layer.x, W: layer.W, b: [layer.W[0]], dout: outputShape(layer) };
    case 'pooling':
      return { x: layer.x, dout: outputShape(layer) };
    case 'network': {
      const { x, filters, size, units } = layer;
      const pooled = filters * ((x[2] - size + 1) / 2) * ((x[3] - size + 1) / 2);
      return {
        x,
        t: [x[0]],
        W1: [filters, x[1], size, size],
        b1: [filters],
        W2: [pooled, units[0]],
        b2: [units[0]],
        W3: [units[0], units[1]],
        b3: [units[1]],
      };
    }
  }
}

/** Names of the arrays that are trained. */
export const PARAMETERS = ['W1', 'b1', 'W2', 'b2', 'W3', 'b3'];

/**
 * Random operands, the same in every run: weights as He's initialisation scales them, labels in order.
 * @param {import('./layers.mjs').Layer} layer
 * @returns {Arrays}
 */
export function makeOperands(layer) {
  const random = uniform(1);
  /** @param {string} name @param {number[]} shape */
  const make = (name, shape) => {
    const numbers = (/** @type {number} */ scale) =>
      Float32Array.from({ length: sizeOf(shape) }, () => scale * random());
    const isWeights = name.startsWith('W');
    if (layer.kind !== 'network') return numbers(isWeights ? heScale(shape) : 1);
    if (name === 't') return Float32Array.from({ length: shape[0] }, (_, n) => n % 10);
    // Smaller than He has them: so the loss falls from the first step, and differences in rounding stay small.
    if (isWeights) return numbers(0.1 * heScale(shape));
    return name === 'x' ? numbers(1) : new Float32Array(shape[0]);
  };
  return Object.fromEntries(
    Object.entries(operandShapes(layer)).map(([name, shape]) => [name, make(name, shape)]),
  );
}

/** Of uniform numbers. @param {readonly number[]} shape (FN, C, FH, FW) or (in, out) */
function heScale(shape) {
  return Math.sqrt(6 / (shape.length === 4 ? sizeOf(shape.slice(1)) : shape[0]));
}

/** Numbers between −1 and 1: mulberry32. @param {number} seed @returns {() => number} */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** @param {string} folder is made @param {Arrays} arrays */
export function writeArrays(folder, arrays) {
  mkdirSync(folder, { recursive: true });
  for (const [name, values] of Object.entries(arrays))
    writeFileSync(
      join(folder, `${name}.f32`),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
}

/** @param {string} folder @param {readonly string[]} names @returns {Arrays} */
export function readArrays(folder, names) {
  const read = (/** @type {string} */ name) =>
    new Float32Array(new Uint8Array(readFileSync(join(folder, `${name}.f32`))).buffer);
  return Object.fromEntries(names.map(name => [name, read(name)]));
}
