import type { Shape } from '../tensor';

/**
 * The index variables of a layer over windows. Every array of the layer is an arrangement of some of them, so a
 * cell of one array names cells of all the others (the Einstein-summation view of convolution):
 *
 *     out[n,f,oh,ow] = Σ_{c,fh,fw} x[n,c,h,w] · W[f,cg,fh,fw] + b[f],  h = oh·stride + fh·dilation − pad
 *
 * `c` runs over all channels and `cg` over those of one group; `hp`, `wp` count from the edge of the padding.
 */
export type Variable = 'n' | 'f' | 'c' | 'cg' | 'oh' | 'ow' | 'fh' | 'fw' | 'h' | 'w' | 'hp' | 'wp';

/** For each axis of an array the variables it runs through, the fastest last: `[[n, oh, ow], [c, fh, fw]]` for col. */
export type Arrangement = readonly (readonly Variable[])[];

/** How many values each variable takes. */
export type Extents = Readonly<Record<Variable, number>>;

/** Values of some of the variables. */
export type Assignment = Partial<Record<Variable, number>>;

/** Shape of the array that an arrangement describes. */
export function shapeOf(arrangement: Arrangement, extents: Extents): Shape {
  return arrangement.map(axis => axis.reduce((size, variable) => size * extents[variable], 1));
}

/** Values of the variables at the cell `index`. */
export function assignmentAt(
  arrangement: Arrangement,
  extents: Extents,
  index: readonly number[],
): Assignment {
  const assignment: Assignment = {};
  assign(arrangement, extents, index, assignment);
  return assignment;
}

/** {@link assignmentAt} into an object of the caller's, for loops over many cells. */
export function assign(
  arrangement: Arrangement,
  extents: Extents,
  index: readonly number[],
  into: Assignment,
): void {
  for (let axis = 0; axis < arrangement.length; axis++) {
    const variables = arrangement[axis];
    let rest = index[axis];
    for (let i = variables.length - 1; i > 0; i--) {
      into[variables[i]] = rest % extents[variables[i]];
      rest = Math.floor(rest / extents[variables[i]]);
    }
    into[variables[0]] = rest;
  }
}

/** The cell at which the variables have the values of `assignment`, which must name all of the arrangement's. */
export function indexAt(arrangement: Arrangement, extents: Extents, assignment: Assignment): number[] {
  return arrangement.map(axis =>
    axis.reduce((flat, variable) => flat * extents[variable] + (assignment[variable] ?? 0), 0),
  );
}
