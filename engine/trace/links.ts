import {
  assignmentAt,
  extentsOf,
  indexAt,
  inputPosition,
  type Arrangement,
  type Assignment,
  type Extents,
  type SpatialAxis,
  type Variable,
  type WindowGeometry,
} from '../conv';
import type { LayerInfo, TraceArray } from './trace';

/** The cells of every array that are connected with one selected cell: where it came from and where it goes. */
export interface Links {
  /** Whether any cell of `array` is connected. */
  includes(array: string): boolean;
  /** Whether the cell at `index` of `array` is connected. */
  has(array: string, index: readonly number[]): boolean;
  /** The first connected cell of `array`. */
  first(array: string): number[] | undefined;
}

/** What linking needs to know of an array; a TraceArray has it, and so has its description in a message. */
type Linkable = Pick<TraceArray, 'arrangements'> & { readonly name: string };

/** Values that some variables may take; a variable without an entry may take all. */
type Constraint = Partial<Record<Variable, ReadonlySet<number>>>;

/** Index variables that depend on one another, with all combinations of values they can have. */
interface Factor {
  readonly variables: readonly Variable[];
  readonly combinations: readonly (readonly number[])[];
}

/**
 * Connects cells through the index variables of the layers. A layer relates all its variables by
 * h = oh·stride + fh·dilation − pad (likewise w) and by which channels a filter sees. The selected cell fixes the
 * variables of its own array; a cell of another array is connected if the values of the remaining ones can be
 * completed. The relation is a product of independent factors (n; filter; channel; vertical; horizontal),
 * so each array needs only a few small sets, however large it is.
 */
export function linkCells(
  layers: readonly LayerInfo[],
  arrays: readonly Linkable[],
  arrayName: string,
  index: readonly number[],
): Links {
  const spaces = new Map(layers.map(layer => [layer.name, layerSpace(layer)]));
  const selected = arrays.find(array => array.name === arrayName);
  const constraints = new Map<string, Constraint>();
  for (const [layer, arrangement] of Object.entries(selected?.arrangements ?? {})) {
    const space = spaces.get(layer);
    if (space) constraints.set(layer, fixed(assignmentAt(arrangement, space.extents, index)));
  }
  spreadToOtherLayers(spaces, arrays, constraints);

  const members = new Map<string, Members>();
  for (const [layer, constraint] of constraints) {
    const space = spaces.get(layer);
    if (!space) continue;
    const allowed = space.factors.map(factor => allowedBy(factor, constraint));
    for (const { name, arrangements } of arrays) {
      if (members.has(name) || !Object.hasOwn(arrangements, layer)) continue;
      members.set(name, membersOf(space, arrangements[layer], allowed));
    }
  }
  return {
    includes: array => members.get(array)?.first !== undefined,
    has: (array, cell) => members.get(array)?.has(cell) ?? false,
    first: array => members.get(array)?.first,
  };
}

interface Space {
  readonly extents: Extents;
  readonly factors: readonly Factor[];
}

/** Building the combinations costs more than linking a cell; a layer's never change. */
const spaceCache = new WeakMap<LayerInfo, Space>();

function layerSpace(layer: LayerInfo): Space {
  let space = spaceCache.get(layer);
  if (!space) {
    space = { extents: extentsOf(layer.geometry), factors: factorsOf(layer) };
    spaceCache.set(layer, space);
  }
  return space;
}

function factorsOf({ geometry }: LayerInfo): Factor[] {
  const { N, vertical, horizontal } = geometry;
  return [
    { variables: ['n'], combinations: single(N) },
    ...channelFactors(geometry),
    { variables: ['oh', 'fh', 'h', 'hp'], combinations: windowCombinations(vertical) },
    { variables: ['ow', 'fw', 'w', 'wp'], combinations: windowCombinations(horizontal) },
  ];
}

/** Which channels a filter sees: without groups all of them, so that the two are independent, however many there are. */
function channelFactors({ C, FN, groups }: WindowGeometry): Factor[] {
  if (groups === 1)
    return [
      { variables: ['f'], combinations: single(FN) },
      { variables: ['c', 'cg'], combinations: Array.from({ length: C }, (_, c) => [c, c]) },
    ];
  return [
    {
      variables: ['f', 'c', 'cg'],
      combinations: pairs(FN, C / groups, (f, cg) => {
        const group = Math.floor(f / (FN / groups));
        return [f, (group * C) / groups + cg, cg];
      }),
    },
  ];
}

function single(extent: number): number[][] {
  return Array.from({ length: extent }, (_, value) => [value]);
}

function windowCombinations(axis: SpatialAxis): number[][] {
  return pairs(axis.out, axis.window, (o, tap) => {
    const position = inputPosition(axis, o, tap);
    return [o, tap, position, position + axis.before];
  });
}

function pairs<T>(A: number, B: number, combine: (a: number, b: number) => T): T[] {
  return Array.from({ length: A * B }, (_, i) => combine(Math.floor(i / B), i % B));
}

function fixed(assignment: Assignment): Constraint {
  return Object.fromEntries(
    Object.entries(assignment).map(([variable, value]) => [variable, new Set([value])]),
  );
}

/** Carries the constraint over to the layers before and after, through the arrays they share. */
function spreadToOtherLayers(
  spaces: ReadonlyMap<string, Space>,
  arrays: readonly Linkable[],
  constraints: Map<string, Constraint>,
): void {
  for (const { arrangements } of arrays) {
    const layers = Object.keys(arrangements);
    const known = layers.find(layer => constraints.has(layer));
    const from = known === undefined ? undefined : spaces.get(known);
    if (known === undefined || !from) continue;
    for (const layer of layers) {
      if (constraints.has(layer)) continue;
      const allowed: Constraint = {};
      // Arrays shared by layers have one variable an axis: (n, f, oh, ow) here is (n, c, h, w) there.
      arrangements[known].forEach(([variable], axis) => {
        const [renamed] = arrangements[layer][axis];
        allowed[renamed] = valuesOf(from, variable, constraints.get(known) ?? {});
      });
      constraints.set(layer, allowed);
    }
  }
}

/** The combinations of a factor that a constraint allows. */
function allowedBy(factor: Factor, constraint: Constraint): readonly (readonly number[])[] {
  const checks = factor.variables.flatMap((variable, i) => {
    const values = constraint[variable];
    return values ? [{ values, i }] : [];
  });
  return checks.length === 0
    ? factor.combinations
    : factor.combinations.filter(combination => checks.every(({ values, i }) => values.has(combination[i])));
}

function valuesOf(space: Space, variable: Variable, constraint: Constraint): Set<number> {
  const factor = space.factors.find(candidate => candidate.variables.includes(variable));
  if (!factor) return new Set();
  const at = factor.variables.indexOf(variable);
  return new Set(allowedBy(factor, constraint).map(combination => combination[at]));
}

interface Members {
  has(index: readonly number[]): boolean;
  readonly first: number[] | undefined;
}

/** The connected cells of one array: the product of what each factor allows for the array's own variables. */
function membersOf(
  { extents, factors }: Space,
  arrangement: Arrangement,
  allowed: readonly (readonly (readonly number[])[])[],
): Members {
  const digits = digitsOf(arrangement, extents);
  const first: Assignment = {};
  const keys = factors.map((factor, at) => {
    const variables = factor.variables.filter(variable => digits.has(variable));
    const positions = variables.map(variable => factor.variables.indexOf(variable));
    const set = new Set<number>();
    for (const combination of allowed[at]) {
      const values = positions.map(position => combination[position]);
      // A tap in the padding is a cell of col and of xPad, but not of x.
      if (values.some((value, i) => value < 0 || value >= extents[variables[i]])) continue;
      if (set.size === 0) variables.forEach((variable, i) => (first[variable] = values[i]));
      set.add(values.reduce((key, value, i) => key * extents[variables[i]] + value, 0));
    }
    return { digits: variables.flatMap(variable => digits.get(variable) ?? []), set };
  });

  return {
    first: keys.every(({ set }) => set.size > 0) ? indexAt(arrangement, extents, first) : undefined,
    // Drawing asks this of every cell in view, so nothing may be allocated.
    has: index => keys.every(key => key.set.has(keyAt(key.digits, index))),
  };
}

/** Where the value of a variable stands in an index: ⌊index[axis] / divisor⌋ mod extent. */
interface Digit {
  readonly axis: number;
  readonly divisor: number;
  readonly extent: number;
}

function digitsOf(arrangement: Arrangement, extents: Extents): ReadonlyMap<Variable, Digit> {
  const digits = new Map<Variable, Digit>();
  arrangement.forEach((variables, axis) => {
    variables.reduceRight((divisor, variable) => {
      digits.set(variable, { axis, divisor, extent: extents[variable] });
      return divisor * extents[variable];
    }, 1);
  });
  return digits;
}

function keyAt(digits: readonly Digit[], index: readonly number[]): number {
  let key = 0;
  for (const { axis, divisor, extent } of digits) {
    key = key * extent + (Math.floor(index[axis] / divisor) % extent);
  }
  return key;
}
