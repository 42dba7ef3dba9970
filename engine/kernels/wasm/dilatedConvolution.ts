import type { SpatialAxis, WindowGeometry } from '../../conv';
import type { Shape, Tensor } from '../../tensor';
import type { Work } from '../work';
import type { Variant } from './arithmetic';
import { convolve } from './convolution';
import type { ResultMemory } from './resultMemory';
import { weightGradient } from './weightGradient';
import { suitsWinograd, TILE_OUT, tilesAlong } from './winogradMethod';
import type { Machine } from './workspace';

/*
 * The taps of a dilated window lie `dilation` pixels apart, and so do the windows that share pixels with it: of the phases
 * of an image, every so manieth row and column of it, each is convolved by itself, and without dilation. What is computed so
 * are the samples (n, phase of the rows, phase of the columns).
 */

/** Bytes that phases of x and of the outputs may take together. */
const BUDGET = 16 * 2 ** 20;

/** The convolution of the phases, if Winograd's method suits it. @returns undefined where there is no dilation or no room */
export function phasesOf(variant: Variant, geometry: WindowGeometry): WindowGeometry | undefined {
  const { vertical, horizontal, C, FN } = geometry;
  const { dilation: rows, stride: down } = vertical;
  const { dilation: columns, stride: across } = horizontal;
  if (rows * columns === 1 || down * across > 1) return undefined;
  const phases: WindowGeometry = {
    ...geometry,
    N: geometry.N * rows * columns,
    vertical: phaseOf(vertical),
    horizontal: phaseOf(horizontal),
  };
  const pixels = C * phases.vertical.size * phases.horizontal.size;
  const windows = FN * phases.vertical.out * phases.horizontal.out;
  const hasRoom = phases.N * (pixels + windows) * Float32Array.BYTES_PER_ELEMENT <= BUDGET;
  return hasRoom && suitsWinograd(variant, phases) ? phases : undefined;
}

/** The axis of a phase: its padding is among its pixels, as are those that its last tile lacks. */
function phaseOf({ window, dilation, out }: SpatialAxis): SpatialAxis {
  const windows = tilesAlong(Math.ceil(out / dilation)) * TILE_OUT;
  return {
    size: windows + window - 1,
    window,
    stride: 1,
    before: 0,
    after: 0,
    dilation: 1,
    out: windows,
    ceil: false,
  };
}

/** A convolution by way of its phases; float32. @param phases what {@link phasesOf} says */
export function* convolvePhases(
  machine: Machine,
  variant: Variant,
  x: Tensor,
  W: Tensor,
  b: Tensor | null,
  geometry: WindowGeometry,
  phases: WindowGeometry,
): Work<Tensor> {
  const { results } = machine;
  const { N, FN, vertical, horizontal } = geometry;
  const pixels = pixelsOf(results, x, geometry, phases);
  yield;
  const maps = yield* convolve(machine, variant, pixels, W, b, phases, true);
  const out = results.take([N, FN, vertical.out, horizontal.out], x.dtype);
  const [from, to] = [maps.numbers(), out.numbers()];
  eachRow(maps.shape, geometry, (row, plane, oh, ow) => {
    if (oh >= vertical.out) return;
    const end = (plane * vertical.out + oh + 1) * horizontal.out;
    for (let at = end - horizontal.out + ow; at < end; at += horizontal.dilation) to[at] = from[row++];
  });
  results.giveBack(pixels);
  results.giveBack(maps);
  return out;
}

/** The gradient of the weights by way of the phases; float32. @param phases what {@link phasesOf} says */
export function* weightGradientOfPhases(
  machine: Machine,
  variant: Variant,
  dout: Tensor,
  x: Tensor,
  geometry: WindowGeometry,
  phases: WindowGeometry,
): Work<Tensor> {
  const { results } = machine;
  const { FN, vertical, horizontal } = phases;
  const pixels = pixelsOf(results, x, geometry, phases);
  yield;
  const maps = results.take([phases.N, FN, vertical.out, horizontal.out], dout.dtype);
  fillPhases(maps, dout, geometry, 0, 0);
  yield;
  const dW = yield* weightGradient(machine, variant, maps, pixels, phases, true);
  results.giveBack(pixels);
  results.giveBack(maps);
  return dW;
}

/** The phases of x and its padding. */
function pixelsOf(
  results: ResultMemory,
  x: Tensor,
  geometry: WindowGeometry,
  phases: WindowGeometry,
): Tensor {
  const pixels = results.take([phases.N, phases.C, phases.vertical.size, phases.horizontal.size], x.dtype);
  fillPhases(pixels, x, geometry, geometry.vertical.before, geometry.horizontal.before);
  return pixels;
}

/** Fills phases of an image that has so many rows and columns of zeros before it, and as many as it takes behind it. */
function fillPhases(
  phases: Tensor,
  image: Tensor,
  geometry: WindowGeometry,
  top: number,
  left: number,
): void {
  const [, , H, W] = image.shape;
  const columns = phases.shape[3];
  const step = geometry.horizontal.dilation;
  const [from, to] = [image.numbers(), phases.numbers()];
  to.fill(0);
  eachRow(phases.shape, geometry, (row, plane, h, w) => {
    if (h < top || h >= top + H) return;
    const start = (plane * H + h - top) * W;
    const first = w < left ? Math.ceil((left - w) / step) : 0;
    let at = start + w - left + first * step;
    for (let i = first; i < columns && at < start + W; i++, at += step) to[row + i] = from[at];
  });
}

/**
 * Calls `visit` for every row of phases (samples, C, rows, columns).
 * @param visit gets where the row begins, in which plane (n, c) of the image it lies, and where in it the row and the first
 *   column
 */
function eachRow(
  [samples, C, rows, columns]: Shape,
  { vertical, horizontal }: WindowGeometry,
  visit: (row: number, plane: number, h: number, w: number) => void,
): void {
  let row = 0;
  for (let sample = 0; sample < samples; sample++) {
    const w = sample % horizontal.dilation;
    const above = Math.floor(sample / horizontal.dilation);
    const h = above % vertical.dilation;
    const n = Math.floor(above / vertical.dilation);
    for (let c = 0; c < C; c++)
      for (let i = 0; i < rows; i++, row += columns) visit(row, n * C + c, h + i * vertical.dilation, w);
  }
}
