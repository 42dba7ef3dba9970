import { landingsOn, paddedSize, type WindowGeometry } from '../conv';
import type { LazyTensor } from '../tensor';
import type { Cell, Explanation, Term } from './explanation';
import { rounding, sumOf, type LayerArrays, type Position, type PositionReader } from './layerArrays';

/** What col2im of a layer is made from. */
interface TapSums {
  /** Names of the arrays to read and to add. */
  readonly names: Readonly<Record<'dcol' | 'dxPartial' | 'overlap' | 'dx', string>>;
  /** Opens the gradient of col, read at n, c, fh, fw, oh, ow. */
  readonly dcol: (signal?: AbortSignal) => Promise<PositionReader>;
  readonly dx: LazyTensor;
}

/**
 * Adds the arrays of col2im: `dxPartial` (FH·FW, N, C, H + pad, W + pad), the picture after each filter tap has been
 * added; `overlap` (FH·FW, H + pad, W + pad), how many taps have landed on each pixel by then; and `dx` (N, C, H, W),
 * the last picture without its padding.
 */
export function addTapSums(layer: LayerArrays, geometry: WindowGeometry, { names, dcol, dx }: TapSums): void {
  const { vertical, horizontal } = geometry;
  const round = rounding(dx.dtype);

  /** What the taps up to and including fh, fw have dropped on the pixel hp, wp, in the order they did. */
  function* dropped(p: Position): Generator<Position> {
    for (const row of landingsOn(vertical, p.hp)) {
      for (const column of landingsOn(horizontal, p.wp)) {
        if (row.tap > p.fh || (row.tap === p.fh && column.tap > p.fw)) return;
        yield { ...p, fh: row.tap, oh: row.window, fw: column.tap, ow: column.window };
      }
    }
  }
  function* terms(dcolAt: PositionReader, p: Position): Generator<Term> {
    for (const at of dropped(p)) {
      const value = dcolAt(at);
      yield { factors: [layer.cell(names.dcol, at, value)], value };
    }
  }
  // col2im rounds after each tap, so the sum must too.
  const explain = async (p: Position, cell: Cell, signal?: AbortSignal): Promise<Explanation> => ({
    cell,
    rule: 'sum',
    ...sumOf(terms(await dcol(signal), p), (sum, value) => round(sum + value)),
  });
  const lastTap = { fh: vertical.window - 1, fw: horizontal.window - 1 };

  layer.addVirtual(
    names.dxPartial,
    {
      role: 'gradient',
      arrangement: [['fh', 'fw'], ['n'], ['c'], ['hp'], ['wp']],
      scaleOf: names.dx,
      explain,
    },
    async signal => {
      const dcolAt = await dcol(signal);
      return p => {
        let sum = 0;
        for (const at of dropped(p)) sum = round(sum + dcolAt(at));
        return sum;
      };
    },
  );
  layer.addVirtual(
    names.overlap,
    {
      role: 'count',
      arrangement: [['fh', 'fw'], ['hp'], ['wp']],
      dtype: 'int32',
      explain: (_position, cell) => ({ cell, rule: 'count', terms: [], termCount: cell.value }),
    },
    () => {
      const rows = Array.from({ length: paddedSize(vertical) }, (_, hp) => landingsOn(vertical, hp));
      const columns = Array.from({ length: paddedSize(horizontal) }, (_, wp) => landingsOn(horizontal, wp));
      return ({ fh, fw, hp, wp }) => {
        const before = rows[hp].filter(({ tap }) => tap < fh).length * columns[wp].length;
        const isReached = rows[hp].some(({ tap }) => tap === fh);
        return before + (isReached ? columns[wp].filter(({ tap }) => tap <= fw).length : 0);
      };
    },
  );
  layer.addTensor(
    names.dx,
    {
      role: 'gradient',
      arrangement: [['n'], ['c'], ['h'], ['w']],
      explain: (p, cell, signal) =>
        explain({ ...p, ...lastTap, hp: p.h + vertical.before, wp: p.w + horizontal.before }, cell, signal),
    },
    dx,
  );
}
