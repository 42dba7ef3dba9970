import { bytes } from './lanes';
import { MR, packRows, panelsOf } from './panels';

/** Arguments of {@link packA}. */
@unmanaged
export class Packing {
  /** A, a matrix (m, k) for each group, `groupStep` bytes apart. */
  a: usize;
  groupStep: i32;
  groups: i32;
  m: i32;
  k: i32;
  /** Offsets in bytes of the rows, and of k. */
  rows: usize;
  depths: usize;
  /** Where the micropanels go: for each group those of the first KC of k, then those of the next ones, and so on. */
  panels: usize;
  KC: i32;
  panelsPerTile: i32;
}

/** Packs A once, for all the tiles of a product. One tile is `panelsPerTile` micropanels. */
export function packA<T, P>(p: Packing, tile: i32): void {
  const panels = panelsOf(p.m, MR<T>());
  const end = min((tile + 1) * p.panelsPerTile, p.groups * panels);
  for (let panel = tile * p.panelsPerTile; panel < end; panel++) {
    const first = (panel % panels) * MR<T>();
    const group = panel / panels;
    const from = p.a + group * p.groupStep;
    const rows = min(MR<T>(), p.m - first);
    let to = p.panels + group * panels * MR<T>() * p.k * bytes<P>();
    for (let k0 = 0; k0 < p.k; k0 += p.KC) {
      const k = min(p.KC, p.k - k0);
      packRows<T, P>(to + first * k * bytes<P>(), from, p.depths + 4 * k0, k, p.rows + 4 * first, rows);
      to += panels * MR<T>() * k * bytes<P>();
    }
  }
}
