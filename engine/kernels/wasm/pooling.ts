import type { SpatialAxis, WindowGeometry } from '../../conv';
import { Tensor } from '../../tensor';
import type { Kernels } from '../kernels';
import { reference } from '../reference';
import { tapsCounted, tapsInside } from '../reference/pooling';
import type { Work } from '../work';
import { isFloat } from './arithmetic';
import { tapFields } from './taps';
import { inWorkspace, type Floats, type Machine, type Workspace } from './workspace';

/** Bytes of planes that lie in the memory of the kernels at a time: they are still in the cache when they are read. */
const STRIP_BYTES = 2 ** 22;

/** Numbers that one tile of work reads: some hundred microseconds. */
const TILE_NUMBERS = 2 ** 17;

/** What a pooling kernel works on. */
interface Pooling {
  /** Name of the kernel without the type of its numbers. */
  readonly kernel: string;
  readonly geometry: WindowGeometry;
  /** Planes of x or of its gradient, and of out or of its gradient. */
  readonly x: Floats;
  readonly out: Floats;
  /** Which of them is read; the other one is written. */
  readonly reads: 'x' | 'out';
  /** The winners, for a maximum: written if x is read. */
  readonly argMax?: Int32Array;
  readonly countIncludePad?: boolean;
}

type PoolingKernels = Pick<Kernels, 'maxPool' | 'averagePool' | 'maxInputGradient' | 'averageInputGradient'>;

/** Poolings in WebAssembly. */
export function poolingKernels(machine: Machine): PoolingKernels {
  /** @param x or its gradient @param out or its gradient */
  const run = (
    kernel: string,
    geometry: WindowGeometry,
    x: Tensor,
    out: Tensor,
    more: Pick<Pooling, 'reads' | 'argMax' | 'countIncludePad'>,
  ): Work<void> => {
    const [xNumbers, outNumbers] = [x, out].map(tensor => tensor.numbers() as Floats);
    const pooling = { kernel, geometry, x: xNumbers, out: outNumbers, ...more };
    return inWorkspace(machine, workspace => runPooling(workspace, pooling));
  };
  return {
    *maxPool(x, geometry) {
      if (!isFloat(x.numbers(), x.dtype)) return yield* reference.maxPool(x, geometry);
      const out = Tensor.zeros(outShape(geometry), x.dtype);
      const argMax = Tensor.zeros([out.size], 'int32');
      const winners = argMax.numbers() as Int32Array;
      yield* run('maxPool', geometry, x, out, { reads: 'x', argMax: winners });
      return { out, argMax };
    },
    *averagePool(x, geometry, countIncludePad) {
      if (!isFloat(x.numbers(), x.dtype)) return yield* reference.averagePool(x, geometry, countIncludePad);
      const out = Tensor.zeros(outShape(geometry), x.dtype);
      yield* run('averagePool', geometry, x, out, { reads: 'x', countIncludePad });
      return out;
    },
    *maxInputGradient(dout, argMax, geometry) {
      const dx = Tensor.zeros(inputShape(geometry), dout.dtype);
      const winners = argMax.numbers() as Int32Array;
      yield* run('maxInputGradient', geometry, dx, dout, { reads: 'out', argMax: winners });
      return dx;
    },
    *averageInputGradient(dout, geometry, countIncludePad) {
      const dx = Tensor.zeros(inputShape(geometry), dout.dtype);
      yield* run('averageInputGradient', geometry, dx, dout, { reads: 'out', countIncludePad });
      return dx;
    },
  };
}

/** Runs a kernel over all planes, as many at a time as fit into the cache. */
function* runPooling(workspace: Workspace, pooling: Pooling): Work<void> {
  const { kernel, geometry, x, out, reads, argMax, countIncludePad = false } = pooling;
  const { N, C, vertical, horizontal } = geometry;
  const size = vertical.size * horizontal.size;
  const windows = vertical.out * horizontal.out;
  const bytes = x.BYTES_PER_ELEMENT;
  const planes = Math.max(1, Math.floor(STRIP_BYTES / ((size + windows) * bytes)));
  const tilePlanes = Math.ceil(TILE_NUMBERS / (size + windows * vertical.window * horizontal.window));
  const [xAt, outAt] = [size, windows].map(numbers => workspace.take(planes * numbers * bytes));
  const down = workspace.place(spans(vertical, countIncludePad));
  const across = workspace.place(spans(horizontal, countIncludePad));
  const winners = argMax ? workspace.place(argMax) : 0;
  for (let firstPlane = 0; firstPlane < N * C; firstPlane += planes) {
    const end = Math.min(firstPlane + planes, N * C);
    const xPart = x.subarray(firstPlane * size, end * size);
    const outPart = out.subarray(firstPlane * windows, end * windows);
    if (reads === 'x') workspace.write(xAt, xPart);
    else workspace.write(outAt, outPart);
    const fields = {
      ...tapFields(geometry),
      x: xAt,
      out: outAt,
      argMax: winners,
      channels: C,
      firstPlane,
      planes: end - firstPlane,
      tilePlanes,
      down,
      across,
    };
    const tiles = Math.ceil((end - firstPlane) / tilePlanes);
    yield* workspace.run(`${kernel}_${8 * bytes}`, fields, tiles, Math.max(16, windows * bytes));
    if (reads === 'x') workspace.read(outAt, outPart);
    else workspace.read(xAt, xPart);
  }
  if (argMax && reads === 'x') workspace.read(winners, argMax);
}

/** For each window its first tap inside x, the end of those, and how many taps a divisor counts. */
function spans(axis: SpatialAxis, countIncludePad: boolean): Int32Array {
  return Int32Array.from(
    tapsInside(axis).flatMap((landings, o) => {
      const first = landings.at(0)?.tap ?? 0;
      return [first, first + landings.length, tapsCounted(axis, countIncludePad, o)];
    }),
  );
}

function inputShape({ N, C, vertical, horizontal }: WindowGeometry): number[] {
  return [N, C, vertical.size, horizontal.size];
}

function outShape({ N, C, vertical, horizontal }: WindowGeometry): number[] {
  return [N, C, vertical.out, horizontal.out];
}
