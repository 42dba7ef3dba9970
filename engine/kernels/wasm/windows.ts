import type { WindowGeometry } from '../../conv';
import type { Work } from '../work';
import { stretchOf, type Box, type Stretch } from './convolutionBoxes';
import { lengthOf, placeBox } from './pieces';
import type { Floats, Workspace } from './workspace';

/**
 * The pixels of x under the windows of a box, as they lie in the memory of the kernels: planes with their padding, and in
 * each row the columns that windows `stride` apart read side by side. So consecutive windows lie in one piece whatever the
 * stride, and no packing has to ask where x ends.
 */
export interface WindowLayout {
  readonly rows: Stretch;
  readonly columns: Stretch;
  /** Channels of x in the box, and numbers of a plane, a row and one of its phases. */
  readonly channels: number;
  readonly plane: number;
  readonly row: number;
  readonly phase: number;
  /** Whether the planes are those of x, so that no copy with padding is needed. */
  readonly bare: boolean;
}

export function windowLayout(geometry: WindowGeometry, box: Box): WindowLayout {
  const { C, groups, vertical, horizontal } = geometry;
  const rows = stretchOf(vertical, box.oh);
  const columns = stretchOf(horizontal, box.ow);
  const phase = Math.ceil(columns.size / horizontal.stride);
  const row = phase * horizontal.stride;
  const isBare = (stretch: Stretch): boolean => lengthOf(stretch.inside) === stretch.size;
  return {
    rows,
    columns,
    channels: (C / groups) * lengthOf(box.group),
    plane: rows.size * row,
    row,
    phase,
    bare: horizontal.stride === 1 && isBare(rows) && isBare(columns),
  };
}

/** Taps of one filter: C/groups · FH · FW. */
export function tapsOf({ C, groups, vertical, horizontal }: WindowGeometry): number {
  return (C / groups) * vertical.window * horizontal.window;
}

/** Distances of the taps (c, fh, fw) of a window from its first one, in numbers. */
export function tapOffsets(
  { C, groups, vertical, horizontal }: WindowGeometry,
  layout: WindowLayout,
): number[] {
  const offsets: number[] = [];
  for (let c = 0; c < C / groups; c++)
    for (let fh = 0; fh < vertical.window; fh++)
      for (let fw = 0; fw < horizontal.window; fw++) {
        const column = fw * horizontal.dilation;
        offsets.push(
          c * layout.plane +
            fh * vertical.dilation * layout.row +
            (column % horizontal.stride) * layout.phase +
            Math.floor(column / horizontal.stride),
        );
      }
  return offsets;
}

/** Where the windows (oh, ow) of a box begin, in numbers. */
export function windowOffsets({ vertical }: WindowGeometry, layout: WindowLayout, box: Box): number[] {
  const offsets: number[] = [];
  for (let oh = 0; oh < lengthOf(box.oh); oh++)
    for (let ow = 0; ow < lengthOf(box.ow); ow++) offsets.push(oh * vertical.stride * layout.row + ow);
  return offsets;
}

/** Planes that one tile pads, in numbers. */
const NUMBERS_PER_TILE = 2 ** 16;

/** Copies what the windows of a box see of x (N, C, H, W) into the memory. @returns the address */
export function* placeWindows(
  workspace: Workspace,
  x: Floats,
  geometry: WindowGeometry,
  box: Box,
  layout: WindowLayout,
): Work<number> {
  const { N, C, groups, vertical, horizontal } = geometry;
  const { rows, columns, channels, phase } = layout;
  const planes = lengthOf(box.n) * channels;
  const height = lengthOf(rows.inside);
  const width = lengthOf(columns.inside);
  const bytes = x.BYTES_PER_ELEMENT;
  const [first] = box.group;
  const c = [(first * C) / groups, (first * C) / groups + channels] as const;
  const shape = [N, C, vertical.size, horizontal.size];
  const from = placeBox(workspace, x, shape, [box.n, c, rows.inside, columns.inside]);
  yield;
  if (layout.bare) return from;
  const to = workspace.take(planes * layout.plane * bytes);
  const planesPerTile = Math.ceil(NUMBERS_PER_TILE / layout.plane);
  yield* workspace.run(
    `pad_${8 * bytes}`,
    {
      from,
      planes,
      height,
      width,
      to,
      rows: rows.size,
      top: rows.before,
      left: columns.before,
      phases: horizontal.stride,
      phaseWidth: phase,
      planesPerTile,
    },
    Math.ceil(planes / planesPerTile),
  );
  return to;
}
