// What the module exports: each function computes one tile of its work.
import { adam, Adam } from './adam';
import { averageInputGradient, averagePool } from './averagePool';
export * from './cellExports';
import { depthwise, Depthwise } from './depthwise';
import { direct, Direct } from './direct';
import { directGradient, DirectGradient } from './directGradient';
import { MapSums, sumMaps } from './mapSums';
import { maxInputGradient, maxPool } from './maxPool';
import { packA, Packing } from './packing';
import { pad, Padding } from './padding';
import { joinPhases, Phases } from './phases';
import { Pools } from './pools';
import { Product, product } from './product';
import { sumTaps, TapSums } from './taps';
import { Winograd } from './winograd/arguments';
import { transformFilters } from './winograd/filters';
import { Tiles, transformTiles } from './winograd/tiles';
import { storeWeights, WeightSums } from './winograd/weights';
import { winograd } from './winograd/winograd';

/*
 * Of each product there are three: float32 with sums of the same type, float32 whose sums run in float64 ('exact'), and
 * float64. A pooling is the same in both arithmetics.
 */

export function packA_fast(args: usize, tile: i32, scratch: usize): void {
  packA<f32, f32>(changetype<Packing>(args), tile);
}
export function packA_exact(args: usize, tile: i32, scratch: usize): void {
  packA<f32, f64>(changetype<Packing>(args), tile);
}
export function packA_float64(args: usize, tile: i32, scratch: usize): void {
  packA<f64, f64>(changetype<Packing>(args), tile);
}

export function product_fast(args: usize, tile: i32, scratch: usize): void {
  product<f32, f32>(changetype<Product>(args), tile, scratch);
}
export function product_exact(args: usize, tile: i32, scratch: usize): void {
  product<f32, f64>(changetype<Product>(args), tile, scratch);
}
export function product_float64(args: usize, tile: i32, scratch: usize): void {
  product<f64, f64>(changetype<Product>(args), tile, scratch);
}

export function depthwise_fast(args: usize, tile: i32, scratch: usize): void {
  depthwise<f32, f32>(changetype<Depthwise>(args), tile);
}
export function depthwise_exact(args: usize, tile: i32, scratch: usize): void {
  depthwise<f32, f64>(changetype<Depthwise>(args), tile);
}
export function depthwise_float64(args: usize, tile: i32, scratch: usize): void {
  depthwise<f64, f64>(changetype<Depthwise>(args), tile);
}

export function direct_fast(args: usize, tile: i32, scratch: usize): void {
  direct<f32, f32>(changetype<Direct>(args), tile, scratch);
}
export function direct_exact(args: usize, tile: i32, scratch: usize): void {
  direct<f32, f64>(changetype<Direct>(args), tile, scratch);
}
export function direct_float64(args: usize, tile: i32, scratch: usize): void {
  direct<f64, f64>(changetype<Direct>(args), tile, scratch);
}

export function directGradient_fast(args: usize, tile: i32, scratch: usize): void {
  directGradient(changetype<DirectGradient>(args), tile);
}

export function sumMaps_fast(args: usize, tile: i32, scratch: usize): void {
  sumMaps<f32, f32>(changetype<MapSums>(args), tile);
}
export function sumMaps_exact(args: usize, tile: i32, scratch: usize): void {
  sumMaps<f32, f64>(changetype<MapSums>(args), tile);
}
export function sumMaps_float64(args: usize, tile: i32, scratch: usize): void {
  sumMaps<f64, f64>(changetype<MapSums>(args), tile);
}

export function pad_32(args: usize, tile: i32, scratch: usize): void {
  pad<f32>(changetype<Padding>(args), tile);
}
export function pad_64(args: usize, tile: i32, scratch: usize): void {
  pad<f64>(changetype<Padding>(args), tile);
}

export function joinPhases_32(args: usize, tile: i32, scratch: usize): void {
  joinPhases<f32>(changetype<Phases>(args), tile);
}

export function maxPool_32(args: usize, tile: i32, scratch: usize): void {
  maxPool<f32, i32>(changetype<Pools>(args), tile, scratch);
}
export function maxPool_64(args: usize, tile: i32, scratch: usize): void {
  maxPool<f64, i64>(changetype<Pools>(args), tile, scratch);
}

export function averagePool_32(args: usize, tile: i32, scratch: usize): void {
  averagePool<f32>(changetype<Pools>(args), tile);
}
export function averagePool_64(args: usize, tile: i32, scratch: usize): void {
  averagePool<f64>(changetype<Pools>(args), tile);
}

export function maxInputGradient_32(args: usize, tile: i32, scratch: usize): void {
  maxInputGradient<f32>(changetype<Pools>(args), tile, scratch);
}
export function maxInputGradient_64(args: usize, tile: i32, scratch: usize): void {
  maxInputGradient<f64>(changetype<Pools>(args), tile, scratch);
}

export function averageInputGradient_32(args: usize, tile: i32, scratch: usize): void {
  averageInputGradient<f32>(changetype<Pools>(args), tile, scratch);
}
export function averageInputGradient_64(args: usize, tile: i32, scratch: usize): void {
  averageInputGradient<f64>(changetype<Pools>(args), tile, scratch);
}

export function sumTaps_32(args: usize, tile: i32, scratch: usize): void {
  sumTaps<f32>(changetype<TapSums>(args), tile);
}
export function sumTaps_64(args: usize, tile: i32, scratch: usize): void {
  sumTaps<f64>(changetype<TapSums>(args), tile);
}

export function transformFilters_fast(args: usize, tile: i32, scratch: usize): void {
  transformFilters(changetype<Winograd>(args), tile, scratch);
}
export function winograd_fast(args: usize, tile: i32, scratch: usize): void {
  winograd(changetype<Winograd>(args), tile, scratch);
}
export function transformTiles_fast(args: usize, tile: i32, scratch: usize): void {
  transformTiles(changetype<Tiles>(args), tile, scratch);
}
export function storeWeights_fast(args: usize, tile: i32, scratch: usize): void {
  storeWeights(changetype<WeightSums>(args), tile, scratch);
}

export function adam_fast(args: usize, tile: i32, scratch: usize): void {
  adam<f32, f32>(changetype<Adam>(args), tile);
}
export function adam_exact(args: usize, tile: i32, scratch: usize): void {
  adam<f32, f64>(changetype<Adam>(args), tile);
}
export function adam_float64(args: usize, tile: i32, scratch: usize): void {
  adam<f64, f64>(changetype<Adam>(args), tile);
}
