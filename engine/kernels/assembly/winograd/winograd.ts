import { VECTOR } from '../lanes';
import { microkernel, tileBytes } from '../microkernel';
import { MR, NR, panelsOf } from '../panels';
import { APART, filterMatrixBytes, filterPanelBytes, planeBytes, Winograd } from './arguments';
import { transformTiles } from './input';
import { storeTiles } from './output';
import { addTiles, storePixels } from './pixels';
import { findPlaces, placeOf } from './places';
import { PRODUCTS, TILE_IN } from './transforms';

/**
 * Convolves a block of tiles of one group: transforms their inputs, for each of the 36 products multiplies the filters'
 * matrix with theirs, and transforms the sums back, some filters at a time, while they are in the cache.
 */
export function winograd(w: Winograd, tile: i32, scratch: usize): void {
  const blocks = panelsOf(w.tiles, w.blockTiles);
  const group = tile / blocks;
  const first = (tile % blocks) * w.blockTiles;
  const count = min(w.blockTiles, w.tiles - first);
  const width = panelsOf(count, NR<f32>()) * NR<f32>();
  const temporary = scratch;
  const places = temporary + (TILE_IN + 2) * TILE_IN * VECTOR;
  const inputs = places + width * VECTOR;
  const inputStep = width * w.channels * 4 + APART;
  const sums = inputs + PRODUCTS * inputStep;

  const planes = sums + PRODUCTS * sumsStep(w, width);

  findPlaces(w, group, first, count, width, places, planes);
  for (let i = 0; i < width; i += 4) {
    const panel = inputs + (i / NR<f32>()) * w.channels * NR<f32>() * 4;
    const half = (i % NR<f32>()) * 4;
    transformTiles(w, changetype<usize>(placeOf(places, i)), panel + half, inputStep, temporary);
  }
  for (let f = 0; f < w.m; f += w.blockFilters) {
    const end = min(f + w.blockFilters, w.m);
    multiplyFilters(w, group, f, end, width, inputs, inputStep, sums);
    if (w.isTransposed) storeGradients(w, group, f, end, first, count, sums, places, planes, temporary);
    else storeFilters(w, group, f, end, width, sums, places, temporary);
  }
}

/** Bytes from the sums of one product to those of the next, for a block of filters. */
function sumsStep(w: Winograd, width: i32): i32 {
  return panelsOf(w.blockFilters, MR<f32>()) * (width / NR<f32>()) * tileBytes<f32>() + APART;
}

/** Sums over the channels for the filters from f on: tiles of MR×NR sums, for each product, one behind the other. */
function multiplyFilters(
  w: Winograd,
  group: i32,
  f: i32,
  end: i32,
  width: i32,
  inputs: usize,
  inputStep: i32,
  sums: usize,
): void {
  const panelBytes = filterPanelBytes(w);
  const inputPanel = w.channels * NR<f32>() * 4;
  const firstPanel = w.transformed + group * PRODUCTS * filterMatrixBytes(w) + (f / MR<f32>()) * panelBytes;
  for (let product = 0; product < PRODUCTS; product++) {
    const inputsOf = inputs + product * inputStep;
    let panel = firstPanel + product * filterMatrixBytes(w);
    let to = sums + product * sumsStep(w, width);
    for (let i = f; i < end; i += MR<f32>(), panel += panelBytes)
      for (let j = 0; j < width / NR<f32>(); j++, to += tileBytes<f32>())
        microkernel<f32, f32>(panel, inputsOf + j * inputPanel, w.channels, to, true);
  }
}

/** Transforms the sums of the filters from f on back into their maps. */
function storeFilters(
  w: Winograd,
  group: i32,
  f: i32,
  end: i32,
  width: i32,
  sums: usize,
  places: usize,
  temporary: usize,
): void {
  const step = sumsStep(w, width);
  for (let i = f; i < end; i++) {
    const bias = v128.load32_splat(w.bias + (group * w.m + i) * 4);
    for (let j = 0; j < width; j += 4) {
      const at = sums + sumsOf(i - f, j, width);
      storeTiles(w, at, step, changetype<usize>(placeOf(places, j)), i, bias, temporary);
    }
  }
}

/** The same of a transposed convolution, for the `count` tiles of some samples from tile `first` on. */
function storeGradients(
  w: Winograd,
  group: i32,
  f: i32,
  end: i32,
  first: i32,
  count: i32,
  sums: usize,
  places: usize,
  planes: usize,
  temporary: usize,
): void {
  const width = panelsOf(count, NR<f32>()) * NR<f32>();
  const step = sumsStep(w, width);
  const sample = first / (w.down * w.across);
  const samples = count / (w.down * w.across);
  for (let i = f; i < end; i++) {
    memory.fill(planes, 0, samples * planeBytes(w));
    for (let j = 0; j < count; j += 4) {
      const at = sums + sumsOf(i - f, j, width);
      addTiles(w, at, step, changetype<usize>(placeOf(places, j)), temporary);
    }
    for (let k = 0; k < samples; k++)
      storePixels(w, planes + k * planeBytes(w), ((sample + k) * w.groups + group) * w.m + i);
  }
}

/** Where in the sums of a product those of a filter and of four tiles from tile j on lie. */
function sumsOf(filter: i32, j: i32, width: i32): i32 {
  const tile = (filter / MR<f32>()) * (width / NR<f32>()) + j / NR<f32>();
  return tile * tileBytes<f32>() + (filter % MR<f32>()) * NR<f32>() * 4 + (j % NR<f32>()) * 4;
}
