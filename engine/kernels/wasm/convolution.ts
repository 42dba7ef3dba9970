import type { WindowGeometry } from '../../conv';
import { Tensor } from '../../tensor';
import type { Work } from '../work';
import { bytesOf, type Variant } from './arithmetic';
import { boxesOf, type Box } from './convolutionBoxes';
import { lengthOf, piecesOf } from './pieces';
import { packA, product } from './product';
import { placeWindows, tapOffsets, windowLayout, windowOffsets } from './windows';
import { inWorkspace, type Floats, type Machine, type Workspace } from './workspace';

/** Bytes that the operands and results of one box may take together. */
const BUDGET = 40 * 2 ** 20;

/** out[n, f, oh, ow] = Σ_k col[(n, oh, ow), k] · W[f, k] + b[f]: for each sample and group W · colᵀ. */
export function* convolve(
  machine: Machine,
  variant: Variant,
  x: Tensor,
  W: Tensor,
  b: Tensor | null,
  geometry: WindowGeometry,
): Work<Tensor> {
  const { N, FN, vertical, horizontal } = geometry;
  const out = Tensor.zeros([N, FN, vertical.out, horizontal.out], x.dtype);
  const bias = b ? (b.numbers() as Floats) : (Tensor.zeros([FN], x.dtype).numbers() as Floats);
  const bytes = (box: Box): number => bytesOfBox(geometry, variant, box);
  for (const box of boxesOf(geometry, bytes, BUDGET))
    yield* inWorkspace(machine, workspace =>
      convolveBox(workspace, variant, x.numbers() as Floats, W.numbers() as Floats, bias, geometry, box, out),
    );
  return out;
}

function bytesOfBox(geometry: WindowGeometry, variant: Variant, box: Box): number {
  const { number, sum } = bytesOf(variant);
  const { channels, plane, bare } = windowLayout(geometry, box);
  const filters = lengthOf(box.group) * lengthOf(box.f);
  const windows = lengthOf(box.oh) * lengthOf(box.ow);
  const x = lengthOf(box.n) * channels * plane * (bare ? 1 : 2);
  const W = filters * tapsOf(geometry);
  return number * (x + lengthOf(box.n) * filters * windows + W) + sum * W + 4 * windows;
}

/** Numbers of one filter: C/groups · FH · FW. */
function tapsOf({ C, groups, vertical, horizontal }: WindowGeometry): number {
  return (C / groups) * vertical.window * horizontal.window;
}

function* convolveBox(
  workspace: Workspace,
  variant: Variant,
  x: Floats,
  W: Floats,
  bias: Floats,
  geometry: WindowGeometry,
  box: Box,
  out: Tensor,
): Work<void> {
  const { number } = bytesOf(variant);
  const layout = windowLayout(geometry, box);
  const k = tapsOf(geometry);
  const filtersPerGroup = geometry.FN / geometry.groups;
  const m = lengthOf(box.f);
  const n = lengthOf(box.oh) * lengthOf(box.ow);
  const size = { samples: lengthOf(box.n), groups: lengthOf(box.group), m, n, k };
  const filters = box.group[0] * filtersPerGroup + box.f[0];
  // The filters of the box lie in one piece: it has either all filters of some groups or some of one.
  const filtersEnd = (box.group[1] - 1) * filtersPerGroup + box.f[1];
  const inBytes = (offsets: readonly number[]): number =>
    workspace.place(Int32Array.from(offsets, offset => offset * number));

  const w = workspace.place(W.subarray(filters * k, filtersEnd * k));
  const panels = yield* packA(
    workspace,
    variant,
    size,
    { address: w, sampleStep: 0, groupStep: m * k * number },
    Int32Array.from({ length: m }, (_, f) => f * k * number),
    Int32Array.from({ length: k }, (_, i) => i * number),
  );
  const windows = yield* placeWindows(workspace, x, geometry, box, layout);
  const to = workspace.take(size.samples * size.groups * m * n * number);
  yield* product(
    workspace,
    variant,
    size,
    panels,
    {
      address: windows,
      sampleStep: layout.channels * layout.plane * number,
      groupStep: (layout.channels / size.groups) * layout.plane * number,
      depths: inBytes(tapOffsets(geometry, layout)),
      columns: inBytes(windowOffsets(geometry, layout, box)),
    },
    { address: to, sampleStep: size.groups * m * n * number, groupStep: m * n * number, rowStep: n * number },
    workspace.place(bias.subarray(filters, filtersEnd)),
  );
  let from = to;
  for (const { start, length } of piecesOf(out.shape, [box.n, [filters, filtersEnd], box.oh, box.ow])) {
    workspace.read(from, (out.numbers() as Floats).subarray(start, start + length));
    from += length * number;
  }
}
