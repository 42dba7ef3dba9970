import { hasPadding, inputPosition, type Arrangement, type WindowGeometry } from '../conv';
import { ravel, type LazyTensor } from '../tensor';
import { copyOf, given, padCell, type Cell, type LayerArrays, type Position, type Role } from '../trace';

const PIXELS: Arrangement = [['n'], ['c'], ['h'], ['w']];
const PADDED: Arrangement = [['n'], ['c'], ['hp'], ['wp']];

/** The x (N, C, H, W) that windows move over. */
export interface WindowedInput {
  readonly x: LazyTensor;
  readonly geometry: WindowGeometry;
  /** What lies around x. */
  readonly padding: number;
  /** What x and x with its padding are called in the layer's trace. */
  readonly names: { readonly x: string; readonly xPad: string };
}

/** Finds a cell. */
export type CellFinder = (position: Position) => Cell;

/** Opens the pixel of x at a place that may lie in the padding. */
async function openPixels(
  layer: LayerArrays,
  { x, geometry, padding, names }: WindowedInput,
  signal?: AbortSignal,
): Promise<(n: number, c: number, h: number, w: number) => Cell> {
  const { size: H } = geometry.vertical;
  const { size: W } = geometry.horizontal;
  const values = (await x.get(signal)).numbers();
  const outside = padCell(padding);
  return (n, c, h, w) =>
    h >= 0 && h < H && w >= 0 && w < W
      ? layer.cell(names.x, { n, c, h, w }, values[ravel([n, c, h, w], x.shape)])
      : outside;
}

/** Opens the pixel of x under a tap of a window, or the padding there. */
export async function openTaps(
  layer: LayerArrays,
  input: WindowedInput,
  signal?: AbortSignal,
): Promise<CellFinder> {
  const { vertical, horizontal } = input.geometry;
  const pixel = await openPixels(layer, input, signal);
  return ({ n, c, oh, fh, ow, fw }) =>
    pixel(n, c, inputPosition(vertical, oh, fh), inputPosition(horizontal, ow, fw));
}

/** Adds x as it is given and, where there is any, with its padding (N, C, HP, WP). */
export function addWindowedInput(layer: LayerArrays, role: Role, input: WindowedInput): void {
  const { x, geometry, names } = input;
  layer.addTensor(names.x, { role, arrangement: PIXELS, explain: given }, x);
  if (!hasPadding(geometry)) return;
  const { vertical, horizontal } = geometry;
  const open = async (signal?: AbortSignal): Promise<CellFinder> => {
    const pixel = await openPixels(layer, input, signal);
    return ({ n, c, hp, wp }) => pixel(n, c, hp - vertical.before, wp - horizontal.before);
  };
  layer.addVirtual(
    names.xPad,
    {
      role,
      arrangement: PADDED,
      scaleOf: names.x,
      explain: async (p, self, signal) => copyOf(self, (await open(signal))(p)),
    },
    async signal => {
      const find = await open(signal);
      return p => find(p).value;
    },
  );
}
