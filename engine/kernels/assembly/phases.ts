import { bytes, copyNumber, lanes, VECTOR } from './lanes';

/** Arguments of {@link joinPhases}. */
@unmanaged
export class Phases {
  /** For every sample the phases of its rows, and of each of those the phases of its columns: (channels, rows, columns) each. */
  from: usize;
  rows: i32;
  columns: i32;
  rowPhases: i32;
  phases: i32;
  /** Planes of height × width numbers, for each sample one for each channel. */
  to: usize;
  height: i32;
  width: i32;
  channels: i32;
  planes: i32;
  planesPerTile: i32;
}

/** Puts planes together of their phases: each is every so manieth row, and of it every so manieth column. */
export function joinPhases<T>(p: Phases, tile: i32): void {
  const end = min((tile + 1) * p.planesPerTile, p.planes);
  const plane = p.rows * p.columns * bytes<T>();
  const row = p.width * bytes<T>();
  for (let i = tile * p.planesPerTile; i < end; i++) {
    const sample = i / p.channels;
    let to = p.to + i * p.height * row;
    for (let h = 0; h < p.height; h++, to += row) {
      const phase = (sample * p.rowPhases + (h % p.rowPhases)) * p.phases;
      const from = p.from + (phase * p.channels + (i % p.channels)) * plane;
      joinRow<T>(p, from + (h / p.rowPhases) * p.columns * bytes<T>(), p.channels * plane, to);
    }
  }
}

/** @param from the first phase of a row, and `step` bytes from one to the next */
function joinRow<T>(p: Phases, from: usize, step: i32, to: usize): void {
  const end = to + p.width * bytes<T>();
  let first = 0;
  if (p.phases == 2)
    for (; to + 2 * VECTOR <= end; to += 2 * VECTOR, from += VECTOR, first += 2 * lanes<T>())
      alternate<T>(to, v128.load(from), v128.load(from + step));
  for (let phase = 0; phase < p.phases; phase++)
    for (let w = first + phase, at = 0; w < p.width; w += p.phases, at += bytes<T>())
      copyNumber<T, T>(to + (w - first) * bytes<T>(), from + phase * step + at);
}

/** Stores the lanes of `a` and `b` by turns. */
function alternate<T>(to: usize, a: v128, b: v128): void {
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(to, v128.shuffle<f64>(a, b, 1, 3), VECTOR);
  } else {
    v128.store(to, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    v128.store(to, v128.shuffle<f32>(a, b, 2, 6, 3, 7), VECTOR);
  }
}
