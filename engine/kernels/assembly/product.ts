import { bytes, VECTOR } from './lanes';
import { microkernel, tileBytes } from './microkernel';
import { MR, NR, packColumns, panelsOf } from './panels';
import { storeTile } from './storeTile';

/** Arguments of {@link product}. */
@unmanaged
export class Product {
  /** The micropanels of A that packA made. */
  panels: usize;
  /** B, a matrix (k, n) for each sample and group; bytes from one to the next. */
  b: usize;
  bSample: i32;
  bGroup: i32;
  /** Offsets in bytes of k in B, and of the columns. */
  depths: usize;
  columns: usize;
  /** The result, m rows of n numbers for each sample and group; bytes from a row to the next. */
  out: usize;
  outSample: i32;
  outGroup: i32;
  outRow: i32;
  /** What is added to the rows of each group, one number each, or 0 for nothing. */
  bias: usize;
  groups: i32;
  m: i32;
  n: i32;
  k: i32;
  /** Rows of one tile, whole micropanels. */
  rows: i32;
  /** The blocks that stay in the caches: so many rows, columns and k. */
  MC: i32;
  NC: i32;
  KC: i32;
  /**
   * Where the sums are kept, those of one tile after those of another, if k is only a part of all there is to add up;
   * else 0. The first part begins them, the last one stores them in the result.
   */
  sums: usize;
  isFirst: i32;
  isLast: i32;
}

/**
 * The macrokernel: one tile is some rows and NC columns of the product of one sample and group. For each KC it packs its part of B
 * into `scratch`, which stays in the second cache as MC rows of A do, and one micropanel of each at a time in the first.
 * The sums lie in `scratch` too, as P, until all of k is added, so that they are rounded once, or in a place of their own if
 * there is more to add later.
 */
export function product<T, P>(p: Product, tile: i32, scratch: usize): void {
  const down = panelsOf(p.m, p.rows);
  const across = panelsOf(p.n, p.NC);
  const top = (tile % down) * p.rows;
  const m = min(p.rows, p.m - top);
  const first = ((tile / down) % across) * p.NC;
  const n = min(p.NC, p.n - first);
  const group = (tile / down / across) % p.groups;
  const sample = tile / down / across / p.groups;
  const b = p.b + sample * p.bSample + group * p.bGroup;
  const out = p.out + sample * p.outSample + group * p.outGroup + top * p.outRow + first * bytes<T>();
  const bias = p.bias ? p.bias + (group * p.m + top) * bytes<T>() : 0;
  const panelRows = panelsOf(p.m, MR<T>()) * MR<T>();
  let panels = p.panels + group * panelRows * p.k * bytes<P>();
  const sums = p.sums
    ? p.sums + tile * panelsOf(p.NC, NR<P>()) * panelsOf(p.rows, MR<T>()) * tileBytes<T>()
    : scratch + panelsOf(p.NC, NR<P>()) * p.KC * 2 * VECTOR;
  let k0 = 0;
  do {
    const k = min(p.KC, p.k - k0);
    packBlock<T, P>(scratch, b, p.depths + 4 * k0, k, p.columns + 4 * first, n);
    for (let row = 0; row < m; row += p.MC)
      multiplyBlock<T, P>(p, row, m, panels + top * k * bytes<P>(), scratch, sums, k0, k, out, n, bias);
    panels += panelRows * k * bytes<P>();
    k0 += k;
  } while (k0 < p.k);
}

/** Packs the micropanels of n columns and k, one after another. */
function packBlock<T, P>(to: usize, b: usize, depths: usize, k: i32, columns: usize, n: i32): void {
  for (let j = 0; j < n; j += NR<P>())
    packColumns<T, P>(to + j * k * bytes<P>(), b, depths, k, columns + 4 * j, min(NR<P>(), n - j));
}

/** Adds the products of MC of the tile's m rows from `row` on, for k from k0 on, and the packed block of B to their sums. */
function multiplyBlock<T, P>(
  p: Product,
  row: i32,
  m: i32,
  panels: usize,
  block: usize,
  tiles: usize,
  k0: i32,
  k: i32,
  out: usize,
  n: i32,
  bias: usize,
): void {
  const end = min(row + p.MC, m);
  const begins = k0 == 0 && p.isFirst != 0;
  const ends = k0 + k == p.k && p.isLast != 0;
  // With all of k at once no sums wait for more: one tile serves for all of them.
  const tileStep = k == p.k && !p.sums ? 0 : tileBytes<T>();
  for (let j = 0; j < n; j += NR<P>())
    for (let i = row; i < end; i += MR<T>()) {
      const sums = tiles + ((j / NR<P>()) * panelsOf(m, MR<T>()) + i / MR<T>()) * tileStep;
      const panel = panels + i * k * bytes<P>();
      const to = out + i * p.outRow + j * bytes<T>();
      const biases = bias ? bias + i * bytes<T>() : 0;
      const rows = min(MR<T>(), m - i);
      const columns = min(NR<P>(), n - j);
      const isWhole = rows == MR<T>() && columns == NR<P>();
      microkernel<T, P>(
        panel,
        block + j * k * bytes<P>(),
        k,
        sums,
        begins,
        ends && isWhole ? to : 0,
        p.outRow,
        biases,
      );
      if (ends && !isWhole) storeTile<T, P>(sums, to, p.outRow, rows, columns, biases);
    }
}
