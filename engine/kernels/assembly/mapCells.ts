import { CellFunction } from './cellFunctions';
import { bytes, copyNumber, lanes, loadLanes, roundLanes, storeLanes } from './lanes';

/** Arguments of {@link mapCells}. */
@unmanaged
export class Cells {
  /** As many numbers each. There is room behind them that vectors may reach into. */
  a: usize;
  b: usize;
  out: usize;
  count: i32;
  /** Numbers of one tile. */
  tileCount: i32;
  /** Address of float64: sets of factors, one after another. */
  factors: usize;
  /** Position of the first number in the whole array, which says what its factors are. */
  start: i32;
  /** How many positions after one another share a set of factors. */
  run: i32;
  /** After so many sets the first follows again. */
  sets: i32;
  /** Bytes of a set. */
  setBytes: i32;
}

/** out = F(a, b), in type P: rounded to T. @param scratch a vector */
export function mapCells<F extends CellFunction<T, P>, T, P>(p: Cells, tile: i32, scratch: usize): void {
  const end = min((tile + 1) * p.tileCount, p.count);
  for (let i = tile * p.tileCount; i < end;) {
    const set = (p.start + i) / p.run;
    const next = min(end, (set + 1) * p.run - p.start);
    mapRun<F, T, P>(p, i, next, p.factors + (set % p.sets) * p.setBytes, scratch);
    i = next;
  }
}

/** Numbers that share their factors. What follows them, another thread may have stored already. */
function mapRun<F extends CellFunction<T, P>, T, P>(
  p: Cells,
  first: i32,
  end: i32,
  factors: usize,
  scratch: usize,
): void {
  const f = changetype<F>(0 as usize);
  const step = lanes<P>() * bytes<T>();
  let at = first * bytes<T>();
  for (const last = end * bytes<T>() - step; at <= last; at += step)
    storeLanes<T, P>(p.out + at, resultAt<F, T, P>(f, p, at, factors));
  if (at == end * bytes<T>()) return;
  storeLanes<T, P>(scratch, resultAt<F, T, P>(f, p, at, factors));
  for (; at < end * bytes<T>(); at += bytes<T>(), scratch += bytes<T>())
    copyNumber<T, T>(p.out + at, scratch);
}

function resultAt<F extends CellFunction<T, P>, T, P>(f: F, p: Cells, at: i32, factors: usize): v128 {
  const result = f.of(loadLanes<T, P>(p.a + at), loadLanes<T, P>(p.b + at), factors);
  return roundLanes<T, P>(result);
}
