import { lanes, multiplyAdd } from './lanes';

export function fill(to: usize, count: i32, value: f32): void {
  const vector = f32x4.splat(value);
  for (let i = 0; i < count; i += lanes<f32>()) {
    v128.store(to + 4 * i, multiplyAdd<f32>(vector, f32x4.splat(1), f32x4.splat(0)));
  }
}
