import { bytes, lanes } from './lanes';

/** Arguments of {@link rectify}. */
@unmanaged
export class Rectifier {
  /** As many numbers each. There is room behind them that vectors may reach into. */
  x: usize;
  through: usize;
  out: usize;
  count: i32;
  /** Numbers of one tile, whole vectors. */
  tileCount: i32;
  /** Address of the factor, a float64, or 0 for none: then 0 takes the place of what would be multiplied. */
  slope: usize;
}

/** Lets numbers through where x is positive or NaN; elsewhere they are multiplied by the slope. */
export function rectify<T>(p: Rectifier, tile: i32): void {
  const end = min((tile + 1) * p.tileCount, p.count) * bytes<T>();
  const zero = v128.splat<T>(0 as T);
  const slope = p.slope ? load<f64>(p.slope) : 0;
  for (let at = tile * p.tileCount * bytes<T>(); at < end; at += lanes<T>() * bytes<T>()) {
    const number = v128.load(p.through + at);
    const closed = v128.le<T>(v128.load(p.x + at), zero);
    const small = p.slope ? multiplied<T>(number, slope) : zero;
    v128.store(p.out + at, v128.bitselect(small, number, closed));
  }
}

/** Each lane times a factor of float64, rounded once. */
function multiplied<T>(numbers: v128, factor: f64): v128 {
  const factors = f64x2.splat(factor);
  if (sizeof<T>() == 8) return f64x2.mul(numbers, factors);
  const upper = v128.shuffle<i64>(numbers, numbers, 1, 1);
  const low = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.promote_low_f32x4(numbers), factors));
  const high = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.promote_low_f32x4(upper), factors));
  return v128.shuffle<i64>(low, high, 0, 2);
}
