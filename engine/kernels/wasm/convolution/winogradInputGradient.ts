import type { WindowGeometry } from '../../../conv';
import type { Tensor } from '../../../tensor';
import type { Work } from '../../work';
import type { Variant } from '../arithmetic';
import { BUDGET, FILTERS_SHARE, filtersOf, partsOf, type Ranges } from './convolutionBoxes';
import { lengthOf, openBox, placeBox } from '../memory/pieces';
import { wholeTiles } from './winogradGradient';
import {
  bytesOfTransformed,
  MOST_TILES,
  multiplyTiles,
  suitsWinograd,
  TAPS,
  TILE_OUT,
  tilesAlong,
  wholePanels,
} from './winogradMethod';
import { inWorkspace, type Floats, type Machine, type Workspace } from '../memory/workspace';

/** A part of dx (N, C, H, W): whole planes of some samples, groups and channels of a group. */
type PlanesBox = Ranges<'n' | 'group' | 'c'>;

const NUMBER = Float32Array.BYTES_PER_ELEMENT;

/**
 * Whether the gradient of the input takes less time as a transposed convolution of dout by Winograd's method than as a
 * convolution of padded dout: where small maps without padding have fewer tiles than the larger inputs.
 */
export function suitsWinogradInputGradient(variant: Variant, geometry: WindowGeometry): boolean {
  const { vertical, horizontal } = geometry;
  const samples = samplesTogether(geometry);
  const tilesOfPixels = tilesAlong(vertical.size) * tilesAlong(horizontal.size);
  return (
    samples > 0 &&
    suitsWinograd(variant, geometry) &&
    wholePanels(samples * tilesOf(geometry)) < samples * tilesOfPixels
  );
}

/** Tiles of the maps of a sample. */
function tilesOf({ vertical, horizontal }: WindowGeometry): number {
  return tilesAlong(vertical.out) * tilesAlong(horizontal.out);
}

/** How many samples the kernel takes together: those whose tiles fill the most of their micropanels. */
function samplesTogether(geometry: WindowGeometry): number {
  const tiles = tilesOf(geometry);
  const filled = (samples: number): number => (samples * tiles) / wholePanels(samples * tiles);
  const counts = Array.from({ length: Math.floor(MOST_TILES / tiles) }, (_, i) => i + 1);
  return counts.reduce((best, samples) => (best > 0 && filled(best) > filled(samples) ? best : samples), 0);
}

/** dx, where {@link suitsWinogradInputGradient}. */
export function* winogradInputGradient(
  machine: Machine,
  variant: Variant,
  dout: Tensor,
  W: Tensor,
  geometry: WindowGeometry,
): Work<Tensor> {
  const { N, C, groups, vertical, horizontal } = geometry;
  const dx = machine.results.take([N, C, vertical.size, horizontal.size], dout.dtype);
  const whole: PlanesBox = { n: [0, N], group: [0, groups], c: [0, C / groups] };
  const bytes = (box: PlanesBox): number => bytesOfBox(geometry, box);
  const bytesOfSample = (box: PlanesBox): number => bytes({ ...box, n: [0, 1] });
  for (const filters of partsOf(whole, ['group', 'c'], bytesOfSample, BUDGET * FILTERS_SHARE))
    for (const box of partsOf(filters, ['n'], bytes, BUDGET))
      yield* inWorkspace(machine, workspace => gradientOfBox(workspace, variant, dout, W, geometry, box, dx));
  return dx;
}

function bytesOfBox(geometry: WindowGeometry, { n, group, c }: PlanesBox): number {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const filters = FN / groups;
  const maps = filters * (vertical.out * horizontal.out + tilesOf(geometry) * TILE_OUT ** 2);
  const pixels = lengthOf(c) * vertical.size * horizontal.size;
  const W = (filters * C * TAPS) / groups;
  const planes = lengthOf(n) * (maps + pixels);
  return lengthOf(group) * (NUMBER * (planes + W) + bytesOfTransformed(lengthOf(c), filters));
}

function* gradientOfBox(
  workspace: Workspace,
  variant: Variant,
  dout: Tensor,
  W: Tensor,
  geometry: WindowGeometry,
  { n, group, c }: PlanesBox,
  dx: Tensor,
): Work<void> {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const channels = FN / groups;
  const m = lengthOf(c);
  const filters = filtersOf(geometry, { group, f: [0, channels] });
  const [down, across] = [tilesAlong(vertical.out), tilesAlong(horizontal.out)];
  const maps = placeBox(workspace, dout.numbers() as Floats, dout.shape, [
    n,
    filters,
    [0, vertical.out],
    [0, horizontal.out],
  ]);
  const planes = lengthOf(n) * lengthOf(filters);
  const first = (group[0] * C) / groups + c[0];
  const to = openBox(workspace, dx.numbers() as Floats, dx.shape, [
    n,
    [first, first + lengthOf(group) * m],
    [0, vertical.size],
    [0, horizontal.size],
  ]);
  yield* multiplyTiles(
    workspace,
    variant,
    {
      filters: placeBox(workspace, W.numbers() as Floats, W.shape, [filters, c, [0, 3], [0, 3]]),
      filterStep: TAPS * NUMBER,
      channelStep: m * TAPS * NUMBER,
      groups: lengthOf(group),
      m,
      channels,
      x: yield* wholeTiles(workspace, maps, planes, vertical.out, horizontal.out),
      plane: down * across * TILE_OUT ** 2,
      row: across * TILE_OUT,
      out: to.address,
      OH: vertical.size,
      OW: horizontal.size,
      bias: 0,
      down,
      across,
      tiles: lengthOf(n) * down * across,
      blockTiles: Math.min(samplesTogether(geometry), lengthOf(n)) * down * across,
    },
    { top: vertical.before, left: horizontal.before },
  );
  to.close();
}
