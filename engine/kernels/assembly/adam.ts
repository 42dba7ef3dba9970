import { bytes, lanes, loadLanes, roundLanes, storeLanes } from './lanes';

/** Arguments of {@link adam}. */
@unmanaged
export class Adam {
  /** As many numbers each. There is room behind them that vectors may reach into. */
  values: usize;
  means: usize;
  squares: usize;
  gradient: usize;
  count: i32;
  /** Numbers of one tile, whole vectors. */
  tileCount: i32;
  /** Address of float64: how far a step goes, what the new mean and square take of the gradient's, and epsilon. */
  factors: usize;
}

/** A step of Adam, in type P: what is kept of it is rounded to T. */
export function adam<T, P>(p: Adam, tile: i32): void {
  const end = min((tile + 1) * p.tileCount, p.count) * bytes<T>();
  const step = factor<P>(p, 0);
  const meanShare = factor<P>(p, 1);
  const squareShare = factor<P>(p, 2);
  const epsilon = factor<P>(p, 3);
  for (let at = tile * p.tileCount * bytes<T>(); at < end; at += lanes<P>() * bytes<T>()) {
    const gradient = loadLanes<T, P>(p.gradient + at);
    const mean = moved<P>(loadLanes<T, P>(p.means + at), gradient, meanShare);
    const square = moved<P>(loadLanes<T, P>(p.squares + at), v128.mul<P>(gradient, gradient), squareShare);
    const change = quotient<P>(v128.mul<P>(step, mean), v128.add<P>(root<P>(square), epsilon));
    storeLanes<T, P>(p.means + at, roundLanes<T, P>(mean));
    storeLanes<T, P>(p.squares + at, roundLanes<T, P>(square));
    const value = v128.sub<P>(loadLanes<T, P>(p.values + at), change);
    storeLanes<T, P>(p.values + at, roundLanes<T, P>(value));
  }
}

function factor<P>(p: Adam, index: i32): v128 {
  return v128.splat<P>(load<f64>(p.factors + 8 * index) as P);
}

/** A share of the way from a number to another. */
function moved<P>(from: v128, to: v128, share: v128): v128 {
  return v128.add<P>(from, v128.mul<P>(share, v128.sub<P>(to, from)));
}

function root<P>(squares: v128): v128 {
  return sizeof<P>() == 4 ? f32x4.sqrt(squares) : f64x2.sqrt(squares);
}

function quotient<P>(a: v128, b: v128): v128 {
  return sizeof<P>() == 4 ? f32x4.div(a, b) : f64x2.div(a, b);
}
