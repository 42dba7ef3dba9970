import type { Work } from '../../work';
import type { Workspace } from '../memory/workspace';

/** Planes that one tile pads, in numbers. */
const NUMBERS_PER_TILE = 2 ** 16;

/** Planes in the memory of the kernels: fields of the kernels' `Padding`. */
interface Planes {
  /** Their address, numbers from one to the next, and from a row to the next. */
  readonly from: number;
  readonly fromPlane: number;
  readonly fromRow: number;
  readonly planes: number;
  readonly height: number;
  readonly width: number;
}

/** Planes with a border of zeros. */
interface Border {
  readonly rows: number;
  readonly top: number;
  readonly left: number;
  /** A row has so many parts of `phaseWidth` numbers, of every so manieth column. */
  readonly phases: number;
  readonly phaseWidth: number;
}

/** Copies planes into ones with a border. @param bytes of a number @returns the address */
export function* padPlanes(workspace: Workspace, bytes: number, from: Planes, border: Border): Work<number> {
  const row = border.phases * border.phaseWidth;
  const to = workspace.take(from.planes * border.rows * row * bytes);
  yield* copyPlanes(workspace, bytes, from, to, border, {
    rowPhases: 1,
    channels: from.planes,
    toSample: 0,
    toChannel: border.rows * row,
    toRowPhase: 0,
    toRow: row,
    toPhase: border.phaseWidth,
  });
  return to;
}

/**
 * Copies the planes of samples of `channels` each into their phases: for every so manieth row, and of it every so manieth
 * column, a sample of its own, one after another.
 * @param bytes of a number
 * @param to address of as many samples (channels, border.rows, border.phaseWidth) for each one as it has phases
 * @param border of a phase
 */
export function* splitPhases(
  workspace: Workspace,
  bytes: number,
  from: Planes,
  to: number,
  border: Border,
  rowPhases: number,
  channels: number,
): Work<void> {
  const plane = border.rows * border.phaseWidth;
  yield* copyPlanes(workspace, bytes, from, to, border, {
    rowPhases,
    channels,
    toSample: rowPhases * border.phases * channels * plane,
    toChannel: plane,
    toRowPhase: border.phases * channels * plane,
    toRow: border.phaseWidth,
    toPhase: channels * plane,
  });
}

/** Where what has been copied lies: fields of the kernels' `Padding`. */
interface Steps {
  readonly rowPhases: number;
  readonly channels: number;
  readonly toSample: number;
  readonly toChannel: number;
  readonly toRowPhase: number;
  readonly toRow: number;
  readonly toPhase: number;
}

function* copyPlanes(
  workspace: Workspace,
  bytes: number,
  { from, fromPlane, fromRow, planes, height, width }: Planes,
  to: number,
  { rows, top, left, phases, phaseWidth }: Border,
  { rowPhases, channels, toSample, toChannel, toRowPhase, toRow, toPhase }: Steps,
): Work<void> {
  const planesPerTile = Math.ceil(NUMBERS_PER_TILE / (rowPhases * rows * phases * phaseWidth));
  yield* workspace.run(
    `pad_${8 * bytes}`,
    {
      ...{ from, fromPlane, fromRow, planes, height, width },
      ...{ to, rowPhases, rows, top, left, phases, phaseWidth },
      ...{ channels, toSample, toChannel, toRowPhase, toRow, toPhase },
      planesPerTile,
    },
    Math.ceil(planes / planesPerTile),
  );
}
