// What the module exports of the functions of numbers.
import {
  Add,
  Divide,
  ExpBelow,
  Normalise,
  NormaliseGradient,
  Rectify,
  RectifyLeakily,
  Scale,
  Sigmoid,
  SigmoidGradient,
  SoftmaxGradient,
  Standardise,
  Tanh,
  TanhGradient,
} from './cellFunctions';
import { Cells, mapCells } from './mapCells';

/*
 * As of products there are three of each: float32 computed in the same type (fast), float32 computed in float64 (exact) where
 * that makes a difference, and float64.
 */

export function add_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Add<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function add_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Add<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function add_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Add<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function rectify_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Rectify<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function rectify_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Rectify<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function rectify_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Rectify<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function rectifyLeakily_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<RectifyLeakily<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function rectifyLeakily_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<RectifyLeakily<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function rectifyLeakily_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<RectifyLeakily<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function sigmoid_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Sigmoid<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function sigmoid_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Sigmoid<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function sigmoid_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Sigmoid<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function sigmoidGradient_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<SigmoidGradient<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function sigmoidGradient_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<SigmoidGradient<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function sigmoidGradient_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<SigmoidGradient<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function tanh_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Tanh<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function tanh_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Tanh<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function tanh_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Tanh<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

// In float32, 1 − out² has lost its digits where out is near 1.
export function tanhGradient_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<TanhGradient<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function tanhGradient_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<TanhGradient<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function tanhGradient_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<TanhGradient<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function scale_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Scale<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function scale_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Scale<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function scale_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Scale<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function standardise_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Standardise<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function standardise_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Standardise<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function standardise_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Standardise<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function normalise_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Normalise<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function normalise_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Normalise<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function normalise_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Normalise<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function normaliseGradient_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<NormaliseGradient<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function normaliseGradient_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<NormaliseGradient<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function normaliseGradient_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<NormaliseGradient<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function expBelow_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<ExpBelow<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function expBelow_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<ExpBelow<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function expBelow_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<ExpBelow<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function divide_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<Divide<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function divide_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<Divide<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function divide_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<Divide<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}

export function softmaxGradient_fast(args: usize, tile: i32, scratch: usize): void {
  mapCells<SoftmaxGradient<f32, f32>, f32, f32>(changetype<Cells>(args), tile, scratch);
}
export function softmaxGradient_exact(args: usize, tile: i32, scratch: usize): void {
  mapCells<SoftmaxGradient<f32, f64>, f32, f64>(changetype<Cells>(args), tile, scratch);
}
export function softmaxGradient_float64(args: usize, tile: i32, scratch: usize): void {
  mapCells<SoftmaxGradient<f64, f64>, f64, f64>(changetype<Cells>(args), tile, scratch);
}
