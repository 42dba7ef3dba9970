import { spatialAxis } from '../../conv';

/** What follows one convolution: its padding, and whether a pooling of 2 halves its output. */
export interface Step {
  readonly stride: number;
  readonly pad: number;
  readonly pool: 'none' | 'floor' | 'ceil';
}

export interface Plan {
  /** H and W of the input. */
  readonly size: number;
  readonly steps: readonly Step[];
}

/** A convolution as the plan sees it. */
export interface Kernel {
  /** FH = FW. */
  readonly window: number;
  /** Whether networks usually pool after it: the number of filters changes, or it is the last. */
  readonly poolsAfter: boolean;
}

/** Sizes that are followed through the convolutions: those with the least cost. Networks of more layers are not planned. */
const FOLLOWED = 64;
const MAX_KERNELS = 200;

/** What is unusual, and how much so. */
const COST = {
  otherPad: 1,
  widerPad: 1.2,
  stride: 3,
  missingPool: 1,
  extraPool: 1.3,
  droppedBorder: 1,
  ceilMode: 1.5,
} as const;

interface Path {
  readonly cost: number;
  readonly start: number;
  readonly step?: Step;
  readonly before?: Path;
}

/**
 * The most usual way to lead an input through convolutions so that pictures of `target` × `target` come out: pads,
 * strides and poolings with the least cost, found size by size.
 * @param inputs sizes that the input may have, and how unusual each is
 * @param target `undefined` where any size will do
 * @returns `undefined` if there is none
 */
export function planSizes(
  kernels: readonly Kernel[],
  inputs: readonly (readonly [size: number, cost: number])[],
  target: number | undefined,
): Plan | undefined {
  if (kernels.length > MAX_KERNELS) return undefined;
  const best = (['valid', 'same'] as const)
    .map(style => planInStyle(kernels, inputs, target, style))
    .filter(path => path !== undefined)
    .sort((a, b) => a.cost - b.cost)
    .at(0);
  if (!best) return undefined;
  const steps: Step[] = [];
  for (let path: Path | undefined = best; path?.step; path = path.before) steps.unshift(path.step);
  return { size: best.start, steps };
}

function planInStyle(
  kernels: readonly Kernel[],
  inputs: readonly (readonly [size: number, cost: number])[],
  target: number | undefined,
  style: 'valid' | 'same',
): Path | undefined {
  let paths = new Map<number, Path>(inputs.map(([size, cost]) => [size, { cost, start: size }]));
  for (const [index, kernel] of kernels.entries()) {
    const next = new Map<number, Path>();
    // Of equally usual plans the one whose exceptions come late.
    const early = 1 + (kernels.length - index) / 1000;
    for (const [size, before] of paths) {
      for (const { step, out, cost } of stepsFrom(size, kernel, style)) {
        const total = before.cost + cost * early;
        if (total < (next.get(out)?.cost ?? Infinity))
          next.set(out, { cost: total, start: before.start, step, before });
      }
    }
    paths = new Map([...next].sort(([, a], [, b]) => a.cost - b.cost).slice(0, FOLLOWED));
  }
  const ends =
    target === undefined ? [...paths.values()] : [paths.get(target)].filter(path => path !== undefined);
  return ends.sort((a, b) => a.cost - b.cost).at(0);
}

function* stepsFrom(
  size: number,
  { window, poolsAfter }: Kernel,
  style: 'valid' | 'same',
): Generator<{ step: Step; out: number; cost: number }> {
  const same = Math.floor((window - 1) / 2);
  const pads = new Map([
    [same + 1, COST.widerPad],
    [style === 'same' ? 0 : same, COST.otherPad],
    [style === 'same' ? same : 0, 0],
  ]);
  for (const [pad, padCost] of pads) {
    for (const stride of [1, 2]) {
      const conv = windowsAlong(size, window, stride, pad, false);
      if (conv === undefined) continue;
      const cost = padCost + (stride === 1 ? 0 : COST.stride);
      yield {
        step: { stride, pad, pool: 'none' },
        out: conv,
        cost: cost + (poolsAfter && stride === 1 ? COST.missingPool : 0),
      };
      const poolCost = cost + (poolsAfter ? 0 : COST.extraPool);
      const floor = windowsAlong(conv, 2, 2, 0, false);
      if (floor === undefined) continue;
      const isOdd = conv % 2 === 1;
      yield {
        step: { stride, pad, pool: 'floor' },
        out: floor,
        cost: poolCost + (isOdd ? COST.droppedBorder : 0),
      };
      if (isOdd)
        yield { step: { stride, pad, pool: 'ceil' }, out: floor + 1, cost: poolCost + COST.ceilMode };
    }
  }
}

/** Windows along an axis, if they fit. */
function windowsAlong(
  size: number,
  window: number,
  stride: number,
  pad: number,
  ceil: boolean,
): number | undefined {
  if (size + 2 * pad < window) return undefined;
  return spatialAxis('conv', 'H', { size, window, stride, before: pad, after: pad, dilation: 1, ceil }).out;
}
