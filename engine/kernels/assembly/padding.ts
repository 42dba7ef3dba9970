import { bytes } from './lanes';

/** Arguments of {@link pad}. */
@unmanaged
export class Padding {
  /** Planes of height × width numbers; numbers from a plane to the next, and from a row to the next. */
  from: usize;
  fromPlane: i32;
  fromRow: i32;
  planes: i32;
  height: i32;
  width: i32;
  /** The same planes with `rows` rows each, the first number of the plane in row `top` and column `left`. */
  to: usize;
  rows: i32;
  top: i32;
  left: i32;
  /**
   * A row has `phases` parts of `phaseWidth` numbers: the columns 0, phases, 2·phases …, then 1, phases + 1 … So windows
   * that are `phases` apart read numbers that lie side by side.
   */
  phases: i32;
  phaseWidth: i32;
  planesPerTile: i32;
}

/** Copies planes into planes with a border of zeros. `top` may be negative: then rows are left out. */
export function pad<T>(p: Padding, tile: i32): void {
  const end = min((tile + 1) * p.planesPerTile, p.planes);
  const rowBytes = p.phases * p.phaseWidth * bytes<T>();
  for (let plane = tile * p.planesPerTile; plane < end; plane++) {
    const from = p.from + plane * p.fromPlane * bytes<T>();
    let to = p.to + plane * p.rows * rowBytes;
    for (let row = 0; row < p.rows; row++, to += rowBytes) {
      const h = row - p.top;
      memory.fill(to, 0, rowBytes);
      if (h < 0 || h >= p.height) continue;
      const start = from + h * p.fromRow * bytes<T>();
      if (p.phases == 1) memory.copy(to + p.left * bytes<T>(), start, p.width * bytes<T>());
      else spread<T>(p, to, start);
    }
  }
}

/** Copies a row into its phases. */
function spread<T>(p: Padding, to: usize, from: usize): void {
  for (let phase = 0; phase < p.phases; phase++) {
    // The first column of x, which lies `left` from the border, that this phase has.
    let w = (phase - p.left) % p.phases;
    if (w < 0) w += p.phases;
    let cell = to + (phase * p.phaseWidth + (w + p.left) / p.phases) * bytes<T>();
    for (; w < p.width; w += p.phases, cell += bytes<T>()) store<T>(cell, load<T>(from + w * bytes<T>()));
  }
}
