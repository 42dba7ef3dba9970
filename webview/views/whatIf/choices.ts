import {
  asPad,
  asPair,
  convolutionGeometry,
  EngineError,
  formatShape,
  outputShape,
  poolingGeometry,
  ShapeError,
  sizeFormula,
  type Pad,
  type Pair,
  type PoolingOptions,
  type Shape,
  type WindowGeometry,
} from '../../../engine';
import { t } from '../../l10n';
import type { RunRequest, UpstreamGradient } from '../../protocol';

/** The choices of a run as a form holds them: text may be anything. */
export interface Choices {
  readonly stride: string;
  readonly pad: string;
  readonly dilation: string;
  readonly groups: string;
  readonly pool: 'none' | PoolingOptions['kind'];
  readonly poolGlobal: boolean;
  readonly poolSize: string;
  readonly poolStride: string;
  readonly poolPad: string;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  readonly dout: UpstreamGradient['kind'];
  readonly seed: string;
  readonly cell: string;
}

/** What comes of {@link Choices}. */
export interface Outcome {
  /** The run they ask for; left out where they cannot work. */
  readonly request?: RunRequest;
  /** The arithmetic of the sizes, as far as it goes. */
  readonly formulas: readonly string[];
  /** Why the choices cannot work, by the part of the form that is to blame. */
  readonly problem?: { readonly part: Part; readonly reason: string };
}

export type Part = 'conv' | 'pool' | 'dout';

/** The form's contents for a run. */
export function choicesOf({
  stride = 1,
  pad = 0,
  dilation = 1,
  groups = 1,
  pool,
  dout,
}: RunRequest): Choices {
  const size = pool && pool.size !== 'global' ? pool.size : 2;
  return {
    stride: compact(asPair(stride)),
    pad: compact(asPad(pad)),
    dilation: compact(asPair(dilation)),
    groups: `${groups}`,
    pool: pool?.kind ?? 'none',
    poolGlobal: pool?.size === 'global',
    poolSize: compact(asPair(size)),
    poolStride: compact(asPair(pool?.stride ?? size)),
    poolPad: compact(asPad(pool?.pad ?? 0)),
    ceilMode: pool?.ceilMode ?? false,
    countIncludePad: pool?.countIncludePad ?? true,
    dout: dout?.kind ?? 'ones',
    seed: dout?.kind === 'random' ? `${dout.seed}` : '1',
    cell: dout?.kind === 'cell' ? dout.index.join(' ') : '0 0 0 0',
  };
}

/**
 * Reads and checks the choices with the engine's own rules.
 * @param base the run they change; its files stay
 * @param xShape (N, C, H, W)
 * @param wShape (FN, C/groups, FH, FW)
 */
export function outcomeOf(choices: Choices, base: RunRequest, xShape: Shape, wShape: Shape): Outcome {
  const formulas: string[] = [];
  let part: Part = 'conv';
  try {
    const conv = {
      stride: parsePair('stride', choices.stride),
      pad: parsePad('pad', choices.pad),
      dilation: parsePair('dilation', choices.dilation),
      groups: parseNumbers('groups', choices.groups, [1])[0],
    };
    let geometry = convolutionGeometry(xShape, wShape, conv);
    formulas.push(...formulasOf('out', geometry));

    part = 'pool';
    const pool = poolOf(choices);
    if (pool) {
      geometry = poolingGeometry(outputShape(geometry), pool);
      formulas.push(...formulasOf('pool.out', geometry));
    }

    part = 'dout';
    const dout = doutOf(choices, base, outputShape(geometry));
    return { request: { ...base, ...conv, pool, dout }, formulas };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { formulas, problem: { part, reason: error.message } };
  }
}

function poolOf(choices: Choices): PoolingOptions | null {
  if (choices.pool === 'none') return null;
  const { pool: kind, ceilMode, countIncludePad } = choices;
  const pad = parsePad('pool pad', choices.poolPad);
  if (choices.poolGlobal) return { kind, size: 'global', pad, countIncludePad };
  const size = parsePair('pool size', choices.poolSize);
  const stride = parsePair('pool stride', choices.poolStride);
  return { kind, size, stride, pad, ceilMode, countIncludePad };
}

function doutOf(choices: Choices, base: RunRequest, shape: Shape): UpstreamGradient {
  switch (choices.dout) {
    case 'random':
      return { kind: 'random', seed: parseNumbers('seed', choices.seed, [1])[0] };
    case 'cell': {
      const index = parseNumbers('dout cell', choices.cell, [4]);
      if (index.some((position, axis) => position >= shape[axis])) {
        throw new ShapeError(t('dout: there is no cell [{0}] in {1}', index.join(', '), formatShape(shape)));
      }
      return { kind: 'cell', index };
    }
    case 'file':
      return base.dout?.kind === 'file' ? base.dout : { kind: 'ones' };
    default:
      return { kind: choices.dout };
  }
}

function formulasOf(name: string, geometry: WindowGeometry): string[] {
  return [
    sizeFormula('H', geometry.vertical),
    sizeFormula('W', geometry.horizontal),
    `${name} ${formatShape(outputShape(geometry))}`,
  ];
}

function parsePair(name: string, text: string): Pair {
  const [h, w = h] = parseNumbers(name, text, [1, 2]);
  return h === w ? h : [h, w];
}

function parsePad(name: string, text: string): Pad {
  const numbers = parseNumbers(name, text, [1, 2, 4]);
  if (numbers.length === 4) return [numbers[0], numbers[1], numbers[2], numbers[3]];
  return numbers.length === 2 ? [numbers[0], numbers[1]] : numbers[0];
}

/** Numbers separated by spaces or commas. @throws ShapeError if they are not as many as one of `counts`, or none */
function parseNumbers(name: string, text: string, counts: readonly number[]): number[] {
  const words = text.split(/[\s,()[\]]+/).filter(word => word !== '');
  const numbers = words.map(Number);
  if (numbers.some(number => !Number.isInteger(number)))
    throw new ShapeError(
      t(
        '{0}: “{1}” is not a whole number',
        name,
        words.find(word => !Number.isInteger(Number(word)))!,
      ),
    );
  if (!counts.includes(numbers.length))
    throw new ShapeError(
      t('{0}: expected {1} numbers, got {2}', name, counts.join(t(' or ')), numbers.length),
    );
  return numbers;
}

/** The shortest way to write equal numbers: `1`, `1 2` or `1 0 1 0`. */
function compact(numbers: readonly number[]): string {
  if (numbers.every(number => number === numbers[0])) return `${numbers[0]}`;
  const half = numbers.length / 2;
  const mirrored = numbers.length === 4 && numbers.every((number, i) => number === numbers[i % half]);
  return (mirrored ? numbers.slice(0, half) : numbers).join(' ');
}
