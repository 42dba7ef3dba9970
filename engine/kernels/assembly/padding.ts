import { bytes, copyNumber, lanes, VECTOR } from './lanes';

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
  /**
   * Planes with a border: of `rowPhases` parts the rows 0, rowPhases, 2·rowPhases …, then 1, rowPhases + 1 … Each part has
   * `rows` rows, and the first number of the plane lies `top` rows and `left` columns behind the first one.
   */
  to: usize;
  rowPhases: i32;
  rows: i32;
  top: i32;
  left: i32;
  /**
   * A row has `phases` parts of `phaseWidth` numbers, of its columns alike. So windows that are `phases` apart read numbers
   * that lie side by side.
   */
  phases: i32;
  phaseWidth: i32;
  /** Channels of a sample. In numbers, how far samples, channels, and these parts and rows of a plane lie apart. */
  channels: i32;
  toSample: i32;
  toChannel: i32;
  toRowPhase: i32;
  toRow: i32;
  toPhase: i32;
  planesPerTile: i32;
}

/** Copies planes into planes with a border of zeros. `top` may be negative: then rows are left out. */
export function pad<T>(p: Padding, tile: i32): void {
  const end = min((tile + 1) * p.planesPerTile, p.planes);
  for (let plane = tile * p.planesPerTile; plane < end; plane++) {
    const from = p.from + plane * p.fromPlane * bytes<T>();
    const number = (plane / p.channels) * p.toSample + (plane % p.channels) * p.toChannel;
    for (let rowPhase = 0; rowPhase < p.rowPhases; rowPhase++) {
      let to = p.to + (number + rowPhase * p.toRowPhase) * bytes<T>();
      for (let row = 0; row < p.rows; row++, to += p.toRow * bytes<T>()) {
        const h = rowPhase + row * p.rowPhases - p.top;
        padRow<T>(p, to, h < 0 || h >= p.height ? 0 : from + h * p.fromRow * bytes<T>());
      }
    }
  }
}

/** @param from 0 for a row of nothing but zeros */
function padRow<T>(p: Padding, row: usize, from: usize): void {
  for (let phase = 0; phase < p.phases; phase++) {
    let to = row + phase * p.toPhase * bytes<T>();
    if (from == 0) {
      memory.fill(to, 0, p.phaseWidth * bytes<T>());
      continue;
    }
    // The first column of x, which lies `left` from the border, that this phase has, and how many it has.
    let w = (phase - p.left) % p.phases;
    if (w < 0) w += p.phases;
    const left = (w + p.left) / p.phases;
    const count = max(0, (p.width - w + p.phases - 1) / p.phases);
    fillZeros<T>(to, left);
    to += left * bytes<T>();
    if (p.phases == 1) copyPiece<T>(to, from, count);
    else copyEach<T>(to, from + w * bytes<T>(), p.phases, count);
    fillZeros<T>(to + count * bytes<T>(), p.phaseWidth - left - count);
  }
}

/** Borders are short: a call of `memory.fill` takes longer. */
function fillZeros<T>(to: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    if (sizeof<T>() == 4) store<f32>(to + 4 * i, 0);
    else store<f64>(to + 8 * i, 0);
  }
}

/** As for borders, rows are so short that vectors are faster than `memory.copy`. The last one overlaps. */
export function copyPiece<T>(to: usize, from: usize, count: i32): void {
  const last = count - lanes<T>();
  if (last < 0) return copyEach<T>(to, from, 1, count);
  for (let i = 0; i < last; i += lanes<T>())
    v128.store(to + i * bytes<T>(), v128.load(from + i * bytes<T>()));
  v128.store(to + last * bytes<T>(), v128.load(from + last * bytes<T>()));
}

/** Copies every number that is `step` numbers behind the one before it. */
function copyEach<T>(to: usize, from: usize, step: i32, count: i32): void {
  let i = 0;
  if (step == 2)
    for (; i <= count - lanes<T>(); i += lanes<T>(), from += 2 * VECTOR)
      v128.store(to + i * bytes<T>(), everySecond<T>(v128.load(from), v128.load(from, VECTOR)));
  for (; i < count; i++, from += step * bytes<T>()) copyNumber<T, T>(to + i * bytes<T>(), from);
}

/** The first, third … of the numbers in two vectors. */
function everySecond<T>(a: v128, b: v128): v128 {
  return lanes<T>() == 4 ? v128.shuffle<f32>(a, b, 0, 2, 4, 6) : v128.shuffle<f64>(a, b, 0, 2);
}
