import type { WindowGeometry } from '../../../conv';
import type { Tensor } from '../../../tensor';
import type { Kernels } from '../../kernels';
import { reference } from '../../reference';
import type { Work } from '../../work';
import { isFloat } from '../arithmetic';
import { lengthOf } from '../memory/pieces';
import { rowsOf, SPAN_BYTES, spans, windowsInside } from './poolingWindows';
import { withResults } from '../memory/resultMemory';
import { streamed } from '../memory/streamed';
import { tapFields } from '../convolution/taps';
import { inWorkspace, type Floats, type Machine, type Workspace } from '../memory/workspace';

/** Bytes of planes that lie in the memory of the kernels at a time: they are still in the cache when they are read. */
const STRIP_BYTES = 2 ** 20;

/** Numbers that one tile of work reads: some hundred microseconds. */
const TILE_NUMBERS = 2 ** 17;

/** Planes whose winners the kernels store together, and rows of windows that they compute of each at a time. */
const GROUP = 16;
const ROWS = 4;

/** Bytes of a plane, and of the winners of a sample, above which planes come in parts of their rows. */
const PART_BYTES = 2 ** 22;
const MOST_WON_BYTES = 2 ** 24;

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
    own: Machine,
    kernel: string,
    geometry: WindowGeometry,
    x: Tensor,
    out: Tensor,
    more: Pick<Pooling, 'reads' | 'argMax' | 'countIncludePad'>,
  ): Work<void> => {
    const [xNumbers, outNumbers] = [x, out].map(tensor => tensor.numbers() as Floats);
    const pooling = { kernel, geometry, x: xNumbers, out: outNumbers, ...more };
    return inWorkspace(own, workspace => runPooling(workspace, pooling));
  };
  return {
    *maxPool(x, geometry) {
      if (!isFloat(x.numbers(), x.dtype)) return yield* reference.maxPool(x, geometry);
      return yield* withResults(machine, function* (own) {
        const out = own.results.take(outShape(geometry), x.dtype);
        const argMax = own.results.take([out.size], 'int32');
        const winners = argMax.numbers() as Int32Array;
        yield* run(own, 'maxPool', geometry, x, out, { reads: 'x', argMax: winners });
        return { out, argMax };
      });
    },
    *averagePool(x, geometry, countIncludePad) {
      if (!isFloat(x.numbers(), x.dtype)) return yield* reference.averagePool(x, geometry, countIncludePad);
      return yield* withResults(machine, function* (own) {
        const out = own.results.take(outShape(geometry), x.dtype);
        yield* run(own, 'averagePool', geometry, x, out, { reads: 'x', countIncludePad });
        return out;
      });
    },
    maxInputGradient: (dout, argMax, geometry) =>
      withResults(machine, function* (own) {
        const dx = own.results.take(inputShape(geometry), dout.dtype);
        const winners = argMax.numbers() as Int32Array;
        yield* run(own, 'maxInputGradient', geometry, dx, dout, { reads: 'out', argMax: winners });
        return dx;
      }),
    averageInputGradient: (dout, geometry, countIncludePad) =>
      withResults(machine, function* (own) {
        const dx = own.results.take(inputShape(geometry), dout.dtype);
        yield* run(own, 'averageInputGradient', geometry, dx, dout, { reads: 'out', countIncludePad });
        return dx;
      }),
  };
}

/**
 * Runs a kernel over all planes, as many at a time as fit into the cache; winners come and go by whole samples. Planes that
 * are too large for that come in parts of their rows, one plane at a time.
 */
function* runPooling(workspace: Workspace, pooling: Pooling): Work<void> {
  const { kernel, geometry, x, out, reads, argMax, countIncludePad = false } = pooling;
  const { N, C, vertical, horizontal } = geometry;
  const [W, OW] = [horizontal.size, horizontal.out];
  const [size, windows] = [vertical.size * W, vertical.out * OW];
  const taps = vertical.window * horizontal.window;
  const bytes = x.BYTES_PER_ELEMENT;
  const wonBytes = argMax ? C * windows * argMax.BYTES_PER_ELEMENT : 0;
  const parts = Math.max(((size + windows) * bytes) / PART_BYTES, wonBytes / MOST_WON_BYTES);
  const rows = rowsOf(vertical, reads === 'x' ? 'oh' : 'h', Math.ceil(parts));
  const most = rows.length > 1 ? 1 : Math.max(1, Math.floor(STRIP_BYTES / ((size + windows) * bytes)));
  const stripPlanes = C * Math.max(1, Math.min(N, Math.floor(most / C)));
  const planes = Math.min(most, stripPlanes);
  const tilePlanes = GROUP * Math.ceil(TILE_NUMBERS / GROUP / (size + windows * taps));
  const use = reads === 'x' ? (['read', 'write'] as const) : (['write', 'read'] as const);
  const mostWindows = OW * Math.max(...rows.map(({ oh }) => lengthOf(oh)));
  const xParts = streamed(workspace, x, use[0], planes * W * Math.max(...rows.map(({ h }) => lengthOf(h))));
  const outParts = streamed(workspace, out, use[1], planes * mostWindows);
  const wonParts = argMax && streamed(workspace, argMax, use[1], stripPlanes * mostWindows);
  const down = workspace.place(spans(vertical, countIncludePad));
  const across = workspace.place(spans(horizontal, countIncludePad));
  const inside = windowsInside(horizontal);
  const scratch = Math.max((taps + Math.min(GROUP, C) * ROWS * OW) * 4, mostWindows * bytes);
  for (let strip = 0; strip < N * C; strip += stripPlanes) {
    const stripEnd = Math.min(strip + stripPlanes, N * C);
    for (const { h, oh } of rows) {
      const [above, below] = [oh[0] * OW, windows - oh[1] * OW];
      const winners = wonParts?.open(strip * windows + above * C, stripEnd * windows - below * C) ?? 0;
      for (let plane = strip; plane < stripEnd; plane += planes) {
        const end = Math.min(plane + planes, stripEnd);
        const fields = {
          ...tapFields(geometry),
          H: lengthOf(h),
          OH: lengthOf(oh),
          top: vertical.before + h[0] - oh[0] * vertical.stride,
          x: xParts.open(plane * size + h[0] * W, (end - 1) * size + h[1] * W),
          out: outParts.open(plane * windows + above, end * windows - below),
          argMax: winners,
          channels: C,
          firstPlane: plane - strip,
          planes: end - plane,
          tilePlanes,
          down: down + oh[0] * SPAN_BYTES,
          across,
          ...inside,
        };
        const tiles = Math.ceil((end - plane) / tilePlanes);
        yield* workspace.run(`${kernel}_${8 * bytes}`, fields, tiles, scratch);
        for (const part of [xParts, outParts]) part.close();
      }
      wonParts?.close();
    }
  }
}

function inputShape({ N, C, vertical, horizontal }: WindowGeometry): number[] {
  return [N, C, vertical.size, horizontal.size];
}

function outShape({ N, C, vertical, horizontal }: WindowGeometry): number[] {
  return [N, C, vertical.out, horizontal.out];
}
