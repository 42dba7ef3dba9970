import type { SpatialAxis, WindowGeometry } from '../../../conv';
import type { Tensor } from '../../../tensor';
import type { Work } from '../../work';
import type { Variant } from '../arithmetic';
import { convolve } from './convolution';
import { splitPhases } from './padding';
import { openBox } from '../memory/pieces';
import { borrowing } from '../memory/resultMemory';
import { weightGradient } from './weightGradient';
import { suitsWinograd, TILE_OUT, tilesAlong } from './winogradMethod';
import { inWorkspace, type Floats, type Machine } from '../memory/workspace';

/*
 * The taps of a dilated window lie `dilation` pixels apart, and so do the windows that share pixels with it: of the phases
 * of an image, every so manieth row and column of it, each is convolved by itself, and without dilation. What is computed so
 * are the samples (n, phase of the rows, phase of the columns).
 */

/** Bytes that phases of x and of the outputs may take together. */
const BUDGET = 16 * 2 ** 20;

/** Numbers of outputs that one tile puts together. */
const NUMBERS_PER_TILE = 2 ** 16;

/** The convolution of the phases, if Winograd's method suits it. @returns undefined where there is no dilation or no room */
export function phasesOf(variant: Variant, geometry: WindowGeometry): WindowGeometry | undefined {
  const { vertical, horizontal, C, FN } = geometry;
  const { dilation: rows, stride: down } = vertical;
  const { dilation: columns, stride: across } = horizontal;
  if (rows * columns === 1 || down * across > 1) return undefined;
  const phases: WindowGeometry = {
    ...geometry,
    N: geometry.N * rows * columns,
    vertical: phaseOf(vertical),
    horizontal: phaseOf(horizontal),
  };
  const pixels = C * phases.vertical.size * phases.horizontal.size;
  const windows = FN * phases.vertical.out * phases.horizontal.out;
  const hasRoom = phases.N * (pixels + windows) * Float32Array.BYTES_PER_ELEMENT <= BUDGET;
  return hasRoom && suitsWinograd(variant, phases) ? phases : undefined;
}

/** The axis of a phase: its padding is among its pixels, as are those that its last tile lacks. */
function phaseOf({ window, dilation, out }: SpatialAxis): SpatialAxis {
  const windows = tilesAlong(Math.ceil(out / dilation)) * TILE_OUT;
  return {
    size: windows + window - 1,
    window,
    stride: 1,
    before: 0,
    after: 0,
    dilation: 1,
    out: windows,
    ceil: false,
  };
}

/** A convolution by way of its phases; float32. @param phases what {@link phasesOf} says */
export function* convolvePhases(
  machine: Machine,
  variant: Variant,
  x: Tensor,
  W: Tensor,
  b: Tensor | null,
  geometry: WindowGeometry,
  phases: WindowGeometry,
): Work<Tensor> {
  const { results } = machine;
  const inner = borrowing(machine);
  const pixels = yield* pixelsOf(inner, x, geometry, phases);
  const maps = yield* convolve(inner, variant, pixels, W, b, phases, true);
  results.giveBack(pixels);
  const out = yield* join(machine, maps, geometry);
  results.giveBack(maps);
  return out;
}

/** The gradient of the weights by way of the phases; float32. @param phases what {@link phasesOf} says */
export function* weightGradientOfPhases(
  machine: Machine,
  variant: Variant,
  dout: Tensor,
  x: Tensor,
  geometry: WindowGeometry,
  phases: WindowGeometry,
): Work<Tensor> {
  const { results } = machine;
  const { vertical, horizontal } = phases;
  const inner = borrowing(machine);
  const pixels = yield* pixelsOf(inner, x, geometry, phases);
  const maps = yield* split(inner, dout, geometry, [vertical.out, horizontal.out], 0, 0);
  const dW = yield* weightGradient(machine, variant, maps, pixels, phases, true);
  results.giveBack(pixels);
  results.giveBack(maps);
  return dW;
}

/** The phases of x and its padding. */
function pixelsOf(
  machine: Machine,
  x: Tensor,
  { vertical, horizontal }: WindowGeometry,
  phases: WindowGeometry,
): Work<Tensor> {
  const size = [phases.vertical.size, phases.horizontal.size] as const;
  return split(machine, x, { vertical, horizontal }, size, vertical.before, horizontal.before);
}

type Axes = Pick<WindowGeometry, 'vertical' | 'horizontal'>;

/** The phases of images that have so many rows and columns of zeros before them, and as many as it takes behind them. */
function* split(
  machine: Machine,
  images: Tensor,
  { vertical, horizontal }: Axes,
  [rows, columns]: readonly [number, number],
  top: number,
  left: number,
): Work<Tensor> {
  const [N, channels, height, width] = images.shape;
  const [rowPhases, columnPhases] = [vertical.dilation, horizontal.dilation];
  const phases = machine.results.take([N * rowPhases * columnPhases, channels, rows, columns], images.dtype);
  const [from, to] = [images, phases].map(tensor => tensor.numbers() as Floats);
  yield* inWorkspace(machine, function* (workspace) {
    const whole = openBox(workspace, to, [to.length], [[0, to.length]]);
    yield* splitPhases(
      workspace,
      to.BYTES_PER_ELEMENT,
      {
        from: workspace.place(from),
        fromPlane: height * width,
        fromRow: width,
        planes: N * channels,
        height,
        width,
      },
      whole.address,
      { rows, top, left, phases: columnPhases, phaseWidth: columns },
      rowPhases,
      channels,
    );
    whole.close();
  });
  return phases;
}

/** The outputs (N, FN, OH, OW) of their phases. */
function* join(
  machine: Machine,
  maps: Tensor,
  { N, FN, vertical, horizontal }: WindowGeometry,
): Work<Tensor> {
  const out = machine.results.take([N, FN, vertical.out, horizontal.out], maps.dtype);
  const [, , rows, columns] = maps.shape;
  const [from, to] = [maps, out].map(tensor => tensor.numbers() as Floats);
  const planesPerTile = Math.ceil(NUMBERS_PER_TILE / (vertical.out * horizontal.out));
  yield* inWorkspace(machine, function* (workspace) {
    const whole = openBox(workspace, to, [to.length], [[0, to.length]]);
    yield* workspace.run(
      `joinPhases_${8 * to.BYTES_PER_ELEMENT}`,
      {
        from: workspace.place(from),
        rows,
        columns,
        rowPhases: vertical.dilation,
        phases: horizontal.dilation,
        to: whole.address,
        height: vertical.out,
        width: horizontal.out,
        channels: FN,
        planes: N * FN,
        planesPerTile,
      },
      Math.ceil((N * FN) / planesPerTile),
    );
    whole.close();
  });
  return out;
}
