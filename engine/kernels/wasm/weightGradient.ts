import type { WindowGeometry } from '../../conv';
import { Tensor } from '../../tensor';
import type { Work } from '../work';
import { bytesOf, type Variant } from './arithmetic';
import { filtersOf, partsOf, wholeBox, type Box } from './convolutionBoxes';
import { lengthOf, placeBox } from './pieces';
import { bytesOfSums, packA, product, type PartOfK } from './product';
import { placeWindows, tapOffsets, tapsOf, windowLayout, windowOffsets } from './windows';
import { inWorkspace, type Floats, type Machine, type Workspace } from './workspace';

/** Bytes of the sums that are there at a time. */
const SUMS_BUDGET = 16 * 2 ** 20;

/** Bytes of what is added to them at a time. */
const BUDGET = 16 * 2 ** 20;

/**
 * dW[f, k] = Σ_r col[r, k] · dout[r, f]: for each group dout · col, over as many rows r = (n, oh, ow) at a time as there is
 * room for, one after another.
 */
export function* weightGradient(
  machine: Machine,
  variant: Variant,
  dout: Tensor,
  x: Tensor,
  geometry: WindowGeometry,
): Work<Tensor> {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const dW = Tensor.zeros([FN, C / groups, vertical.window, horizontal.window], dout.dtype);
  const bytesOfFilters = (box: Box): number =>
    bytesOfSums({ set: machine.set, threads: machine.crew.threads }, variant, sizeOf(geometry, box));
  for (const filters of partsOf(wholeBox(geometry), ['group', 'f'], bytesOfFilters, SUMS_BUDGET))
    yield* inWorkspace(machine, workspace =>
      gradientOfFilters(machine, workspace, variant, dout, x, geometry, filters, dW),
    );
  return dW;
}

/** The product for a box: rows of A are filters, columns of B taps, and k is r. */
function sizeOf(geometry: WindowGeometry, { n, group, f, oh, ow }: Box) {
  return {
    samples: 1,
    groups: lengthOf(group),
    m: lengthOf(f),
    n: tapsOf(geometry),
    k: lengthOf(n) * lengthOf(oh) * lengthOf(ow),
  };
}

function* gradientOfFilters(
  machine: Machine,
  workspace: Workspace,
  variant: Variant,
  dout: Tensor,
  x: Tensor,
  geometry: WindowGeometry,
  filters: Box,
  dW: Tensor,
): Work<void> {
  const taps = tapsOf(geometry);
  const [from, end] = filtersOf(geometry, filters);
  const gradient = (dW.numbers() as Floats).subarray(from * taps, end * taps);
  const sums = workspace.take(bytesOfSums(workspace, variant, sizeOf(geometry, filters)));
  const to = workspace.take(gradient.byteLength);
  const bytes = (box: Box): number => bytesOfRows(geometry, variant, box);
  const boxes = [...partsOf(filters, ['n', 'oh', 'ow'], bytes, BUDGET)];
  for (const [i, box] of boxes.entries()) {
    const part = { sums, isFirst: i === 0, isLast: i === boxes.length - 1 };
    yield* inWorkspace(machine, inner => addRows(inner, variant, dout, x, geometry, box, part, to));
  }
  workspace.read(to, gradient);
}

function bytesOfRows(geometry: WindowGeometry, variant: Variant, box: Box): number {
  const { number, sum } = bytesOf(variant);
  const { channels, numbers } = windowLayout(geometry, box);
  const { groups, m, k } = sizeOf(geometry, box);
  return number * lengthOf(box.n) * channels * numbers + (number + sum) * groups * m * k + 8 * k;
}

/** Adds what the rows of a box contribute. @param to address of the gradient, which is stored after the last rows */
function* addRows(
  workspace: Workspace,
  variant: Variant,
  dout: Tensor,
  x: Tensor,
  geometry: WindowGeometry,
  box: Box,
  part: PartOfK,
  to: number,
): Work<void> {
  const { number } = bytesOf(variant);
  const layout = windowLayout(geometry, box);
  const size = sizeOf(geometry, box);
  const { groups, m } = size;
  const filters = filtersOf(geometry, box);
  const windows = windowOffsets(geometry, layout, box, number);
  const pixels = windows.length;
  const pixelOffsets = Int32Array.from(windows, (_, pixel) => pixel * number);

  const gradients = placeBox(workspace, dout.numbers() as Floats, dout.shape, [
    box.n,
    filters,
    box.oh,
    box.ow,
  ]);
  const panels = yield* packA(
    workspace,
    variant,
    size,
    { address: gradients, sampleStep: 0, groupStep: m * pixels * number },
    Int32Array.from({ length: m }, (_, f) => f * pixels * number),
    rowOffsets(size.k, groups * m * pixels * number, pixelOffsets),
  );
  const samples = yield* placeWindows(workspace, x.numbers() as Floats, geometry, box, layout);
  yield* product(
    workspace,
    variant,
    size,
    panels,
    {
      address: samples,
      sampleStep: 0,
      groupStep: (layout.channels / groups) * layout.plane * number,
      depths: workspace.place(rowOffsets(size.k, layout.channels * layout.plane * number, windows)),
      columns: workspace.place(tapOffsets(geometry, layout, number)),
    },
    { address: to, sampleStep: 0, groupStep: m * size.n * number, rowStep: size.n * number },
    0,
    part,
  );
}

/** Offsets of k rows r = (n, oh, ow): those in a sample, for one sample after another. */
function rowOffsets(k: number, sampleStep: number, offsets: Int32Array): Int32Array {
  const all = new Int32Array(k);
  for (let first = 0, sample = 0; first < k; first += offsets.length, sample += sampleStep)
    for (let i = 0; i < offsets.length; i++) all[first + i] = sample + offsets[i];
  return all;
}
