import type { LayerTrace } from '../../trace';

/** Names of a layer's arrays by what they are to it, each group in the order in which they are made. */
export interface LayerParts {
  /** `x`, or `x0`, `x1` … */
  readonly inputs: readonly string[];
  /** `W`, `b`, `gamma`, the labels `t` of a loss … */
  readonly parameters: readonly string[];
  /** Made on the way forward; `out` is among them. */
  readonly forward: readonly string[];
  /** Known on the way back only: `dout`, and what is made of it. */
  readonly backward: readonly string[];
}

/** `x`, `x0`, `x1` … */
export function isInputName(name: string): boolean {
  return /^x\d*$/.test(name);
}

/** The groups that the arrays of a layer's trace fall into. */
export function partsOf({ arrays, forward, backward }: LayerTrace): LayerParts {
  const made = new Set(forward.flatMap(step => step.outputs));
  const taken = new Set(forward.flatMap(step => step.inputs));
  const back = new Set(backward.flatMap(step => [...step.inputs, ...step.outputs]));
  const names = [...arrays.keys()];
  const inputs = names.filter(isInputName);
  const parameters = names.filter(name => taken.has(name) && !made.has(name) && !inputs.includes(name));
  const given = new Set([...inputs, ...parameters]);
  return {
    inputs,
    parameters,
    forward: [...new Set([...made, 'out'])],
    backward: [...back].filter(name => !made.has(name) && !given.has(name)),
  };
}
