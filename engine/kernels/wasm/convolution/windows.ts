import type { SpatialAxis, WindowGeometry } from '../../../conv';
import type { Work } from '../../work';
import { stretchOf, type Box, type Stretch } from './convolutionBoxes';
import { padPlanes } from './padding';
import { lengthOf, placeBox, type Range } from '../memory/pieces';
import type { Floats, Workspace } from '../memory/workspace';

/**
 * The pixels of x under the windows of a box, as they lie in the memory of the kernels: planes with their padding, and in
 * each row the columns that windows `stride` apart read side by side. So consecutive windows lie in one piece whatever the
 * stride, and no packing has to ask where x ends.
 */
export interface WindowLayout {
  readonly rows: Stretch;
  readonly columns: Stretch;
  /** The rows and columns of x that are copied into the memory: those inside, and perhaps others around them. */
  readonly placed: readonly [rows: Range, columns: Range];
  /** Channels of x in the box, and numbers of a plane, a row and one of its phases. */
  readonly channels: number;
  readonly plane: number;
  readonly row: number;
  readonly phase: number;
  /** Whether the planes are those of x, so that no copy with padding is needed. */
  readonly bare: boolean;
  /** Numbers that one channel takes in all. */
  readonly numbers: number;
}

/** @param multiple rows and columns of windows are filled up to a multiple of this, past the edges of the box */
export function windowLayout(geometry: WindowGeometry, box: Box, multiple = 1): WindowLayout {
  const { C, groups, vertical, horizontal } = geometry;
  const rows = stretchOf(vertical, filledUp(box.oh, multiple));
  const columns = stretchOf(horizontal, filledUp(box.ow, multiple));
  const phase = Math.ceil(columns.size / horizontal.stride);
  const row = phase * horizontal.stride;
  const plane = rows.size * row;
  const isBare = (stretch: Stretch): boolean => lengthOf(stretch.inside) === stretch.size;
  const bare = horizontal.stride === 1 && isBare(rows) && isBare(columns);
  const placed = bare
    ? ([rows.inside, columns.inside] as const)
    : ([placedAlong(vertical, rows), placedAlong(horizontal, columns)] as const);
  return {
    rows,
    columns,
    placed,
    channels: (C / groups) * lengthOf(box.group),
    plane,
    row,
    phase,
    bare,
    numbers: bare ? plane : plane + lengthOf(placed[0]) * lengthOf(placed[1]),
  };
}

/** The whole axis where windows see most of it: one long piece is copied in less time than many short ones. */
function placedAlong({ size }: SpatialAxis, { inside }: Stretch): Range {
  return lengthOf(inside) > 0.75 * size ? [0, size] : inside;
}

/** The pixels as they lie in x, without padding, for windows of stride 1 that look after it by themselves. */
export function bareLayout(geometry: WindowGeometry, box: Box): WindowLayout {
  const { C, groups, vertical, horizontal } = geometry;
  const rows = stretchOf(vertical, box.oh);
  const columns = stretchOf(horizontal, box.ow);
  const row = lengthOf(columns.inside);
  const plane = lengthOf(rows.inside) * row;
  return {
    rows,
    columns,
    placed: [rows.inside, columns.inside],
    channels: (C / groups) * lengthOf(box.group),
    plane,
    row,
    phase: row,
    bare: true,
    numbers: plane,
  };
}

function filledUp([from, to]: Range, multiple: number): Range {
  return [from, from + Math.ceil((to - from) / multiple) * multiple];
}

/** Taps of one filter: C/groups · FH · FW. */
export function tapsOf({ C, groups, vertical, horizontal }: WindowGeometry): number {
  return (C / groups) * vertical.window * horizontal.window;
}

/** Distances in bytes of the taps (c, fh, fw) of a window from its first one. @param bytes of a number */
export function tapOffsets(
  { C, groups, vertical, horizontal }: WindowGeometry,
  { plane, row, phase }: WindowLayout,
  bytes: number,
): Int32Array {
  const offsets = new Int32Array((C / groups) * vertical.window * horizontal.window);
  let k = 0;
  for (let c = 0; c < C / groups; c++)
    for (let fh = 0; fh < vertical.window; fh++)
      for (let fw = 0; fw < horizontal.window; fw++) {
        const column = fw * horizontal.dilation;
        const inRow = (column % horizontal.stride) * phase + Math.floor(column / horizontal.stride);
        offsets[k++] = (c * plane + fh * vertical.dilation * row + inRow) * bytes;
      }
  return offsets;
}

/** Where the windows (oh, ow) of a box begin, in bytes. @param bytes of a number */
export function windowOffsets(
  { vertical }: WindowGeometry,
  { row }: WindowLayout,
  box: Box,
  bytes: number,
): Int32Array {
  const OH = lengthOf(box.oh);
  const OW = lengthOf(box.ow);
  const offsets = new Int32Array(OH * OW);
  for (let oh = 0; oh < OH; oh++)
    for (let ow = 0; ow < OW; ow++) offsets[oh * OW + ow] = (oh * vertical.stride * row + ow) * bytes;
  return offsets;
}

/** Copies what the windows of a box see of x (N, C, H, W) into the memory. @returns the address */
export function* placeWindows(
  workspace: Workspace,
  x: Floats,
  geometry: WindowGeometry,
  box: Box,
  layout: WindowLayout,
): Work<number> {
  const { N, C, groups, vertical, horizontal } = geometry;
  const { rows, columns, placed, channels, phase } = layout;
  const planes = lengthOf(box.n) * channels;
  const [height, width] = placed.map(lengthOf);
  const bytes = x.BYTES_PER_ELEMENT;
  const [first] = box.group;
  const c = [(first * C) / groups, (first * C) / groups + channels] as const;
  const shape = [N, C, vertical.size, horizontal.size];
  const from = placeBox(workspace, x, shape, [box.n, c, ...placed]);
  yield;
  if (layout.bare) return from;
  return yield* padPlanes(
    workspace,
    bytes,
    {
      from: from + ((rows.inside[0] - placed[0][0]) * width + columns.inside[0] - placed[1][0]) * bytes,
      fromPlane: height * width,
      fromRow: width,
      planes,
      height: lengthOf(rows.inside),
      width: lengthOf(columns.inside),
    },
    {
      rows: rows.size,
      top: rows.before,
      left: columns.before,
      phases: horizontal.stride,
      phaseWidth: phase,
    },
  );
}
