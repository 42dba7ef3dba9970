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
  /** Where the micropanels go, each with all of its k, those of one group after those of another. */
  panels: usize;
  panelsPerTile: i32;
}

/** Packs A once, for all the tiles of a product. One tile is `panelsPerTile` micropanels. */
export function packA<T, P>(p: Packing, tile: i32): void {
  const panels = panelsOf(p.m, MR<T>());
  const end = min((tile + 1) * p.panelsPerTile, p.groups * panels);
  for (let panel = tile * p.panelsPerTile; panel < end; panel++) {
    const first = (panel % panels) * MR<T>();
    const to = p.panels + panel * MR<T>() * p.k * bytes<P>();
    const from = p.a + (panel / panels) * p.groupStep;
    packRows<T, P>(to, from, p.depths, p.k, p.rows + 4 * first, min(MR<T>(), p.m - first));
  }
}
