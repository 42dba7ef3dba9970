import { INPUT } from '../../engine';
import type { LayerSummary } from '../protocol';

/** A line beside the list, from a layer to one further down that takes its output. */
export interface Link {
  /** Rows of the list; the input is 0. */
  readonly from: number;
  readonly to: number;
  /** Which of the lines beside one another it is, from 0 on. */
  readonly lane: number;
}

/** Lines that stand beside one another at most; what would need more is only said. */
export const MOST_LANES = 4;

/** Lines for all inputs that are not the layer before, each in the first lane that is free along its way. */
export function linksOf(layers: readonly Pick<LayerSummary, 'name' | 'from'>[]): Link[] {
  const rows = new Map([[INPUT, 0], ...layers.map(({ name }, i) => [name, i + 1] as const)]);
  const ways = layers
    .flatMap(({ from }, i) =>
      from.flatMap(name => {
        const row = rows.get(name);
        return row === undefined || row >= i ? [] : [{ from: row, to: i + 1 }];
      }),
    )
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const ends: number[] = [];
  return ways.flatMap(way => {
    const free = ends.findIndex(end => end <= way.from);
    const lane = free < 0 ? ends.length : free;
    if (lane >= MOST_LANES) return [];
    ends[lane] = way.to;
    return [{ ...way, lane }];
  });
}

/** What a row shows of a line. */
export interface LinkPart {
  readonly lane: number;
  readonly part: 'start' | 'middle' | 'end';
}

/** @param links of {@link linksOf} */
export function linkParts(links: readonly Link[], row: number): LinkPart[] {
  return links.flatMap(({ from, to, lane }): LinkPart[] => {
    if (row < from || row > to) return [];
    return [{ lane, part: row === from ? 'start' : row === to ? 'end' : 'middle' }];
  });
}
