import type { WindowGeometry } from '../../../conv';
import { Tensor } from '../../../tensor';
import type { Work } from '../../work';
import { bytesOf, type Variant } from '../arithmetic';
import { BUDGET, FILTERS_SHARE, filtersOf, partsOf, wholeBox, type Box } from './convolutionBoxes';
import type { ConvolutionMethod } from './convolutionMethod';
import { depthwiseMethod, suitsDepthwise } from './depthwiseMethod';
import { directMethod, suitsDirect } from './directMethod';
import { lengthOf, openBox } from '../memory/pieces';
import { productMethod } from './productMethod';
import { suitsWinograd, winogradMethod } from './winogradMethod';
import { placeWindows, tapsOf } from './windows';
import { inWorkspace, type Floats, type Machine, type Workspace } from '../memory/workspace';

/** The axes along which a box is halved when it is too large, the one that costs least first. */
const AXES = ['n', 'oh', 'group', 'f', 'ow'] as const;

/**
 * out[n, f, oh, ow] = Σ_k col[(n, oh, ow), k] · W[f, k] + b[f], box after box.
 * @param winograd whether that method may be taken
 * @param budget bytes that the operands and results of one box may take together
 */
export function* convolve(
  machine: Machine,
  variant: Variant,
  x: Tensor,
  W: Tensor,
  b: Tensor | null,
  geometry: WindowGeometry,
  winograd: boolean,
  budget = BUDGET,
): Work<Tensor> {
  const { N, FN, vertical, horizontal } = geometry;
  const out = machine.results.take([N, FN, vertical.out, horizontal.out], x.dtype);
  const operands = {
    x: x.numbers() as Floats,
    W: W.numbers() as Floats,
    b: b ? (b.numbers() as Floats) : (Tensor.zeros([FN], x.dtype).numbers() as Floats),
    out,
  };
  const method = methodFor(variant, geometry, winograd);
  const bytes = (box: Box): number => bytesOfBox(method, variant, geometry, box);
  const bytesOfWindow = (box: Box): number => bytes({ ...box, n: [0, 1], oh: [0, 1], ow: [0, 1] });
  for (const filters of partsOf(wholeBox(geometry), ['group', 'f'], bytesOfWindow, budget * FILTERS_SHARE))
    for (const box of partsOf(filters, AXES, bytes, budget))
      yield* inWorkspace(machine, workspace =>
        convolveBox(workspace, method, variant, operands, geometry, box),
      );
  return out;
}

function methodFor(variant: Variant, geometry: WindowGeometry, winograd: boolean): ConvolutionMethod {
  if (suitsDepthwise(geometry)) return depthwiseMethod;
  if (suitsDirect(geometry)) return directMethod;
  return winograd && suitsWinograd(variant, geometry) ? winogradMethod : productMethod;
}

function bytesOfBox(method: ConvolutionMethod, variant: Variant, geometry: WindowGeometry, box: Box): number {
  const { number } = bytesOf(variant);
  const { channels, numbers } = method.layoutOf(geometry, box);
  const filters = lengthOf(box.group) * lengthOf(box.f);
  const windows = lengthOf(box.oh) * lengthOf(box.ow);
  const x = lengthOf(box.n) * channels * numbers;
  const W = filters * tapsOf(geometry);
  const out = lengthOf(box.n) * filters * windows;
  return number * (x + W + out) + method.bytesBeside(variant, geometry, box);
}

interface Operands {
  readonly x: Floats;
  readonly W: Floats;
  readonly b: Floats;
  readonly out: Tensor;
}

function* convolveBox(
  workspace: Workspace,
  method: ConvolutionMethod,
  variant: Variant,
  { x, W, b, out }: Operands,
  geometry: WindowGeometry,
  box: Box,
): Work<void> {
  const layout = method.layoutOf(geometry, box);
  const k = tapsOf(geometry);
  const filters = filtersOf(geometry, box);
  const to = openBox(workspace, out.numbers() as Floats, out.shape, [box.n, filters, box.oh, box.ow]);
  yield* method.run(workspace, variant, {
    geometry,
    box,
    layout,
    x: yield* placeWindows(workspace, x, geometry, box, layout),
    W: workspace.place(W.subarray(filters[0] * k, filters[1] * k)),
    b: workspace.place(b.subarray(...filters)),
    out: to.address,
  });
  to.close();
}
