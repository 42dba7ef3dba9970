import type { KernelSet } from '../kernels';

/*
 * The smallest modules that use a feature; a runtime that lacks it finds them invalid. One function each, of type
 * () → v128, after the module's header: the sections of types, functions and code.
 */
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0];
const I32_CONST_0 = [0x41, 0];
const I8X16_SPLAT = [0xfd, 0x0f];
const I8X16_POPCNT = [0xfd, 0x62];
const I8X16_RELAXED_SWIZZLE = [0xfd, 0x80, 2];
const END = [0x0b];

const SIMD = moduleOf([...I32_CONST_0, ...I8X16_SPLAT, ...I8X16_POPCNT, ...END]);
const RELAXED_SIMD = moduleOf([
  ...[...I32_CONST_0, ...I8X16_SPLAT, ...I32_CONST_0, ...I8X16_SPLAT],
  ...[...I8X16_RELAXED_SWIZZLE, ...END],
]);

function moduleOf(code: readonly number[]): Uint8Array<ArrayBuffer> {
  const body = [0, ...code]; // no locals
  return Uint8Array.from([...HEADER, 0x0a, body.length + 2, 1, body.length, ...body]);
}

/** The fastest kernels that this runtime can run. */
export function fastestSet(): KernelSet {
  if (WebAssembly.validate(RELAXED_SIMD)) return 'relaxed-simd';
  return WebAssembly.validate(SIMD) ? 'simd' : 'reference';
}
