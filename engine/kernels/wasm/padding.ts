import type { Work } from '../work';
import type { Workspace } from './workspace';

/** Planes that one tile pads, in numbers. */
const NUMBERS_PER_TILE = 2 ** 16;

/** Planes in the memory of the kernels: fields of the kernels' `Padding`, in their order. */
interface Planes {
  /** Their address, numbers from one to the next, and from a row to the next. */
  readonly from: number;
  readonly fromPlane: number;
  readonly fromRow: number;
  readonly planes: number;
  readonly height: number;
  readonly width: number;
}

/** Planes with a border of zeros: the rest of the fields. */
interface Border {
  readonly rows: number;
  readonly top: number;
  readonly left: number;
  /** A row has so many parts of `phaseWidth` numbers, of every so manieth column. */
  readonly phases: number;
  readonly phaseWidth: number;
}

/** Copies planes into ones with a border. @param bytes of a number @returns the address */
export function* padPlanes(
  workspace: Workspace,
  bytes: number,
  from: Planes,
  { rows, ...columns }: Border,
): Work<number> {
  const plane = rows * columns.phases * columns.phaseWidth;
  const to = workspace.take(from.planes * plane * bytes);
  const planesPerTile = Math.ceil(NUMBERS_PER_TILE / plane);
  yield* workspace.run(
    `pad_${8 * bytes}`,
    { ...from, to, rows, ...columns, planesPerTile },
    Math.ceil(from.planes / planesPerTile),
  );
  return to;
}
