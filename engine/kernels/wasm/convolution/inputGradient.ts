import type { SpatialAxis, WindowGeometry } from '../../../conv';
import { Tensor } from '../../../tensor';
import type { Work } from '../../work';
import { bytesOf, type Variant } from '../arithmetic';
import { filtersOf, partsOf, windowsOver, type Ranges } from './convolutionBoxes';
import { lengthOf, multiples, openBox, placeBox, type Range } from '../memory/pieces';
import { packA, product } from '../product/product';
import { tapFields } from './taps';
import { inWorkspace, type Floats, type Machine, type Workspace } from '../memory/workspace';

/** A part of dx (N, C, H, W): of all samples, groups, channels of a group, rows and columns. */
type InputBox = Ranges<'n' | 'group' | 'c' | 'h' | 'w'>;

/** The axes along which a box is halved when it is too large, the one that costs least first. */
const AXES = ['n', 'group', 'c', 'h', 'w'] as const;

/** Bytes that the operands and results of one box may take together: they stay in the last cache. */
const BUDGET = 16 * 2 ** 20;

/** The same of several samples, which cost little to take apart: they stay in the second cache. */
const BUDGET_OF_SAMPLES = 2 ** 21;

/** Numbers that one tile of col2im adds up: some hundred microseconds. */
const TILE_NUMBERS = 2 ** 17;

/**
 * col2im of dcol[r, k] = Σ_f dout[r, f] · W[f, k]: for each sample and group dcolᵀ = Wᵀ · dout, rounded, of which there is
 * as much at a time as there is room for.
 */
export function* inputGradient(
  machine: Machine,
  variant: Variant,
  dout: Tensor,
  W: Tensor,
  geometry: WindowGeometry,
): Work<Tensor> {
  const { N, C, groups, vertical, horizontal } = geometry;
  const dx = machine.results.take([N, C, vertical.size, horizontal.size], dout.dtype);
  const whole: InputBox = {
    n: [0, N],
    group: [0, groups],
    c: [0, C / groups],
    h: [0, vertical.size],
    w: [0, horizontal.size],
  };
  const bytes = (box: InputBox): number => bytesOfBox(geometry, variant, box);
  for (const samples of partsOf(whole, ['n'], bytes, BUDGET_OF_SAMPLES))
    for (const box of partsOf(samples, AXES, bytes, BUDGET))
      yield* inWorkspace(machine, workspace => gradientOfBox(workspace, variant, dout, W, geometry, box, dx));
  return dx;
}

/** The products for a box, one for each sample and group: rows of A are taps, columns of B windows, and k is f. */
function sizeOf({ FN, groups, vertical, horizontal }: WindowGeometry, { n, group, c, h, w }: InputBox) {
  return {
    samples: lengthOf(n),
    groups: lengthOf(group),
    m: lengthOf(c) * vertical.window * horizontal.window,
    n: lengthOf(windowsOver(vertical, h)) * lengthOf(windowsOver(horizontal, w)),
    k: FN / groups,
  };
}

function bytesOfBox(geometry: WindowGeometry, variant: Variant, box: InputBox): number {
  const { number, sum } = bytesOf(variant);
  const { samples, groups, m, n, k } = sizeOf(geometry, box);
  const dx = lengthOf(box.c) * lengthOf(box.h) * lengthOf(box.w);
  return groups * (number * samples * (k * n + m * n + dx) + (number + sum) * k * m);
}

function* gradientOfBox(
  workspace: Workspace,
  variant: Variant,
  dout: Tensor,
  W: Tensor,
  geometry: WindowGeometry,
  box: InputBox,
  dx: Tensor,
): Work<void> {
  const { C, vertical, horizontal } = geometry;
  const { number } = bytesOf(variant);
  const size = sizeOf(geometry, box);
  const { samples, groups, m, n, k } = size;
  const filters = filtersOf(geometry, { group: box.group, f: [0, k] });
  const oh = windowsOver(vertical, box.h);
  const ow = windowsOver(horizontal, box.w);

  const w = placeBox(workspace, W.numbers() as Floats, W.shape, [
    filters,
    box.c,
    [0, vertical.window],
    [0, horizontal.window],
  ]);
  const panels = yield* packA(
    workspace,
    variant,
    size,
    { address: w, sampleStep: 0, groupStep: k * m * number },
    multiples(m, number),
    multiples(k, m * number),
  );
  const b = placeBox(workspace, dout.numbers() as Floats, dout.shape, [box.n, filters, oh, ow]);
  const first = (box.group[0] * C) / geometry.groups + box.c[0];
  const channels = [first, first + groups * lengthOf(box.c)] as const;
  const to = openBox(workspace, dx.numbers() as Floats, dx.shape, [box.n, channels, box.h, box.w]);
  const isCopy = isCopied(vertical) && isCopied(horizontal);
  const dcol = isCopy ? to.address : workspace.take(samples * groups * m * n * number);
  yield* product(
    workspace,
    variant,
    size,
    panels,
    {
      address: b,
      sampleStep: groups * k * n * number,
      groupStep: k * n * number,
      depths: workspace.place(multiples(k, n * number)),
      columns: workspace.place(multiples(n, number)),
    },
    { address: dcol, sampleStep: groups * m * n * number, groupStep: m * n * number, rowStep: n * number },
    // As col2im does: so what is rounded to −0 becomes 0.
    isCopy ? workspace.place(Tensor.zeros([groups * m], dx.dtype).numbers() as Floats) : 0,
  );
  if (!isCopy) yield* sumTaps(workspace, number, geometry, box, oh, ow, dcol, to.address);
  to.close();
}

/** Whether col2im along an axis moves nothing and adds nothing up. */
function isCopied({ window, stride, before, after }: SpatialAxis): boolean {
  return window === 1 && stride === 1 && before === 0 && after === 0;
}

/** col2im of the planes of a box, to `dx`. @param oh the windows over its rows @param ow over its columns */
function* sumTaps(
  workspace: Workspace,
  number: number,
  geometry: WindowGeometry,
  { n, group, c, h, w }: InputBox,
  oh: Range,
  ow: Range,
  dcol: number,
  dx: number,
): Work<void> {
  const { vertical, horizontal } = geometry;
  const planes = lengthOf(n) * lengthOf(group) * lengthOf(c);
  const windows = lengthOf(oh) * lengthOf(ow);
  const tilePlanes = Math.ceil(TILE_NUMBERS / (windows * vertical.window * horizontal.window + 1));
  const part = {
    ...geometry,
    vertical: { ...vertical, size: lengthOf(h), out: lengthOf(oh) },
    horizontal: { ...horizontal, size: lengthOf(w), out: lengthOf(ow) },
  };
  yield* workspace.run(
    `sumTaps_${8 * number}`,
    {
      ...tapFields(part),
      top: vertical.before + h[0] - oh[0] * vertical.stride,
      left: horizontal.before + w[0] - ow[0] * horizontal.stride,
      dcol,
      dx,
      planes,
      tilePlanes,
    },
    Math.ceil(planes / tilePlanes),
  );
}
