import type { WindowGeometry } from '../../conv';
import { Tensor } from '../../tensor';
import type { Work } from '../work';
import { bytesOf, type Variant } from './arithmetic';
import { filtersOf, partsOf, wholeBox, type Box } from './convolutionBoxes';
import { lengthOf, readBox } from './pieces';
import { packA, product } from './product';
import { placeWindows, tapOffsets, tapsOf, windowLayout, windowOffsets } from './windows';
import { inWorkspace, type Floats, type Machine, type Workspace } from './workspace';

/** The axes along which a box is halved when it is too large, the one that costs least first. */
const AXES = ['n', 'oh', 'group', 'f', 'ow'] as const;

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
  const bias = b ? (b.numbers() as Floats) : null;
  const bytes = (box: Box): number => bytesOfBox(geometry, variant, box);
  for (const box of partsOf(wholeBox(geometry), AXES, bytes, BUDGET))
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

function* convolveBox(
  workspace: Workspace,
  variant: Variant,
  x: Floats,
  W: Floats,
  bias: Floats | null,
  geometry: WindowGeometry,
  box: Box,
  out: Tensor,
): Work<void> {
  const { number } = bytesOf(variant);
  const layout = windowLayout(geometry, box);
  const k = tapsOf(geometry);
  const m = lengthOf(box.f);
  const n = lengthOf(box.oh) * lengthOf(box.ow);
  const size = { samples: lengthOf(box.n), groups: lengthOf(box.group), m, n, k };
  const filters = filtersOf(geometry, box);
  const inBytes = (offsets: readonly number[]): number =>
    workspace.place(Int32Array.from(offsets, offset => offset * number));

  const w = workspace.place(W.subarray(filters[0] * k, filters[1] * k));
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
    bias ? workspace.place(bias.subarray(...filters)) : 0,
  );
  readBox(workspace, to, out.numbers() as Floats, out.shape, [box.n, filters, box.oh, box.ow]);
}
