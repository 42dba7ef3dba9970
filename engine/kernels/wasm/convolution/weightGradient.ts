import type { WindowGeometry } from '../../../conv';
import type { Tensor } from '../../../tensor';
import type { Work } from '../../work';
import { bytesOf, type Variant } from '../arithmetic';
import { filtersOf, partsOf, wholeBox, type Box } from './convolutionBoxes';
import { directGradient, suitsDirectGradient } from './directGradient';
import type { GradientMethod } from './gradientMethod';
import { lengthOf, openBox, placeBox } from '../memory/pieces';
import { productGradient } from './productGradient';
import { placeWindows, tapsOf, windowLayout } from './windows';
import { winogradGradient } from './winogradGradient';
import { suitsWinograd } from './winogradMethod';
import { inWorkspace, type Floats, type Machine, type Workspace } from '../memory/workspace';

/** Bytes of the sums that are there at a time. */
const SUMS_BUDGET = 20 * 2 ** 20;

/**
 * Bytes of what is added to them at a time: little enough for the caches, unless there are so many sums that to read
 * and write them once more costs more than that.
 */
const LEAST_BUDGET = 6 * 2 ** 20;
const MOST_BUDGET = 16 * 2 ** 20;
const BUDGET_PER_BYTE = 16;

/**
 * dW[f, k] = Σ_r col[r, k] · dout[r, f], over as many rows r = (n, oh, ow) at a time as there is room for.
 * @param winograd whether that method may be taken
 */
export function* weightGradient(
  machine: Machine,
  variant: Variant,
  dout: Tensor,
  x: Tensor,
  geometry: WindowGeometry,
  winograd: boolean,
): Work<Tensor> {
  const { C, FN, groups, vertical, horizontal } = geometry;
  const dW = machine.results.take([FN, C / groups, vertical.window, horizontal.window], dout.dtype);
  const operands = { dout, x, dW };
  const method = methodFor(variant, geometry, winograd);
  // As of one thread: so the parts, and with them what fast sums are rounded to, are the same for any number of threads.
  const bytesOfFilters = (box: Box): number =>
    method.bytesOfSums({ set: machine.set, threads: 1 }, variant, geometry, box);
  for (const filters of partsOf(wholeBox(geometry), ['group', 'f'], bytesOfFilters, SUMS_BUDGET))
    yield* inWorkspace(machine, workspace =>
      gradientOfFilters(workspace, machine, method, variant, operands, geometry, filters),
    );
  return dW;
}

function methodFor(variant: Variant, geometry: WindowGeometry, winograd: boolean): GradientMethod {
  if (suitsDirectGradient(variant, geometry)) return directGradient;
  return winograd && suitsWinograd(variant, geometry) ? winogradGradient : productGradient;
}

interface Operands {
  readonly dout: Tensor;
  readonly x: Tensor;
  readonly dW: Tensor;
}

function* gradientOfFilters(
  workspace: Workspace,
  machine: Machine,
  method: GradientMethod,
  variant: Variant,
  { dout, x, dW }: Operands,
  geometry: WindowGeometry,
  filters: Box,
): Work<void> {
  const taps = tapsOf(geometry);
  const rows = filtersOf(geometry, filters);
  const numbers = dW.numbers() as Floats;
  const gradientBytes = lengthOf(rows) * taps * numbers.BYTES_PER_ELEMENT;
  const budget = Math.min(Math.max(LEAST_BUDGET, BUDGET_PER_BYTE * gradientBytes), MOST_BUDGET);
  const sums = workspace.take(method.bytesOfSums(workspace, variant, geometry, filters));
  const to = openBox(workspace, numbers, [geometry.FN, taps], [rows, [0, taps]]);
  const bytes = (box: Box): number => bytesOfRows(method, variant, geometry, box);
  const units = { oh: method.multiple, ow: method.multiple };
  const boxes = [...partsOf(filters, ['n', 'oh', 'ow'], bytes, budget, units)];
  for (const [i, box] of boxes.entries()) {
    const layout = windowLayout(geometry, box, method.multiple);
    const maps = [box.n, filtersOf(geometry, box), box.oh, box.ow];
    yield* inWorkspace(machine, function* (inner) {
      yield* method.run(inner, variant, {
        geometry,
        box,
        layout,
        x: yield* placeWindows(inner, x.numbers() as Floats, geometry, box, layout),
        dout: placeBox(inner, dout.numbers() as Floats, dout.shape, maps),
        part: { sums, isFirst: i === 0, isLast: i === boxes.length - 1 },
        to: to.address,
      });
    });
  }
  to.close();
}

function bytesOfRows(method: GradientMethod, variant: Variant, geometry: WindowGeometry, box: Box): number {
  const { number } = bytesOf(variant);
  const { channels, numbers } = windowLayout(geometry, box, method.multiple);
  const filters = lengthOf(box.group) * lengthOf(box.f);
  const x = lengthOf(box.n) * channels * numbers;
  const dout = lengthOf(box.n) * filters * lengthOf(box.oh) * lengthOf(box.ow);
  return number * (x + dout) + method.bytesBeside(variant, geometry, box);
}
