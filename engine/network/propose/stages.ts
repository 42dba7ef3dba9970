import type { ParameterInfo } from '../analysis';
import { biasNames } from '../parameterNames';

/** Weights in a file with what belongs to them: a convolution or an affine layer. */
export interface Stage {
  readonly type: 'conv' | 'affine';
  readonly W: string;
  /** (FN, C, FH, FW) or (in, out). */
  readonly shape: readonly number[];
  /** See the attribute `wAxes`. */
  readonly wAxes?: readonly number[];
  readonly b?: string;
  /** Names of a batch normalisation's parameters by role. */
  readonly norm?: Readonly<Record<string, string>>;
}

/** The layers that a file's parameters seem to be of: convolutions first, each kind in its order. */
export function readStages(parameters: readonly ParameterInfo[]): Stage[] {
  const vectors = new Map(
    parameters.filter(({ shape }) => shape.length === 1).map(info => [info.name, info.shape[0]]),
  );
  const norms = findNorms([...vectors.keys()]);
  const weightsOf = (axes: number): ParameterInfo[] =>
    inOrder(parameters.filter(({ shape }) => shape.length === axes && shape.every(extent => extent > 0)));
  const biasOf = ({ name }: ParameterInfo): string | undefined =>
    biasNames(name).find(bias => vectors.has(bias));
  const outOf = (bias: string | undefined): number | undefined =>
    bias === undefined ? bias : vectors.get(bias);

  const filters = weightsOf(4);
  const filterAxes = likelierAxes(
    filters,
    [3, 2, 0, 1],
    ([FN, C]) => ({ takes: C, gives: FN }),
    biasOf,
    outOf,
  );
  const weights = weightsOf(2);
  const lastFN =
    filters.length === 0 ? undefined : permuted(filters[filters.length - 1].shape, filterAxes)[0];
  const weightAxes = likelierAxes(
    weights,
    [1, 0],
    ([rows, columns]) => ({ takes: rows, gives: columns }),
    biasOf,
    outOf,
    lastFN,
  );
  const stage = (type: Stage['type'], info: ParameterInfo, wAxes: readonly number[] | undefined): Stage => {
    const shape = permuted(info.shape, wAxes);
    const gives = type === 'conv' ? shape[0] : shape[1];
    const b = biasOf(info);
    const at = norms.findIndex(({ mean }) => vectors.get(mean) === gives);
    // Of the batch normalisations, in their order, the next one that fits.
    const [norm] = at < 0 ? [] : norms.splice(0, at + 1).slice(-1);
    return { type, W: info.name, shape, wAxes, b: outOf(b) === gives ? b : undefined, norm };
  };
  return [
    ...filters.map(info => stage('conv', info, filterAxes)),
    ...weights.map(info => stage('affine', info, weightAxes)),
  ];
}

/** By number where names are alike but for a number (W1, W2 … W10), else as they stand in the file. */
function inOrder(weights: readonly ParameterInfo[]): ParameterInfo[] {
  const pattern = ({ name }: ParameterInfo): string => name.replace(/\d+/, '#');
  if (weights.some(info => pattern(info) !== pattern(weights[0]))) return [...weights];
  const number = ({ name }: ParameterInfo): number => Number(/\d+/.exec(name)?.[0] ?? 0);
  return [...weights].sort((a, b) => number(a) - number(b));
}

function permuted(shape: readonly number[], axes: readonly number[] | undefined): readonly number[] {
  return axes ? axes.map(axis => shape[axis]) : shape;
}

/** Whether the weights of a file are more likely stored in another order: then more of them fit to one another. */
function likelierAxes(
  weights: readonly ParameterInfo[],
  other: readonly number[],
  ends: (shape: readonly number[]) => { takes: number; gives: number },
  biasOf: (info: ParameterInfo) => string | undefined,
  outOf: (bias: string | undefined) => number | undefined,
  given?: number,
): readonly number[] | undefined {
  const fitting = (axes: readonly number[] | undefined): number => {
    let before = given;
    let fits = 0;
    for (const info of weights) {
      const { takes, gives } = ends(permuted(info.shape, axes));
      if (before !== undefined && takes % before === 0) fits++;
      if (outOf(biasOf(info)) === gives) fits++;
      before = gives;
    }
    return fits;
  };
  return fitting(other) > fitting(undefined) ? other : undefined;
}

const NORM_ROLES: readonly (readonly [role: string, suffix: RegExp])[] = [
  ['gamma', /(gamma|weight|scale)(:0)?$/],
  ['beta', /(beta|bias|offset)(:0)?$/],
  ['mean', /(running_mean|moving_mean|mean)(:0)?$/],
  ['var', /(running_var|moving_variance|var)(:0)?$/],
];

/** Batch normalisations: vectors whose names differ only in the words for mean, variance, gamma and beta. */
function findNorms(names: readonly string[]): Record<string, string>[] {
  const byStem = new Map<string, Record<string, string>>();
  for (const name of names) {
    const found = NORM_ROLES.find(([, suffix]) => suffix.test(name));
    if (!found) continue;
    const [role, suffix] = found;
    const stem = name.replace(suffix, '');
    byStem.set(stem, { ...byStem.get(stem), [role]: name });
  }
  return [...byStem.values()].filter(roles => 'mean' in roles && 'var' in roles);
}
