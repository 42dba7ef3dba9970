import type { NetworkRun } from '../run';
import { explain, type Explanation } from '../trace';
import { layerOf } from './positions';
import type { Position } from './session';

/** Explains the cells that a session stands on. */
export interface Explainer {
  /** The numbers of a position's cell, `undefined` where it is on none. */
  explanation(position: Position): Promise<Explanation | undefined>;
  /** Terms to step through: 0 where a position is on no cell. */
  terms(position: Position): Promise<number>;
}

/** The last explanation is kept: its terms are gone through one by one. */
export function createExplainer(run: NetworkRun): Explainer {
  let last: { readonly key: string; readonly explanation: Promise<Explanation> } | undefined;
  const explanation = async (position: Position): Promise<Explanation | undefined> => {
    const { layer, cell } = position;
    if (!cell) return undefined;
    const key = JSON.stringify([layerOf(position), cell.array, cell.index]);
    if (last?.key !== key) {
      last = { key, explanation: explain(run.layer(layer).trace, cell.array, cell.index) };
      last.explanation.catch(() => (last = undefined)); // what failed is tried again
    }
    return last.explanation;
  };
  return {
    explanation,
    terms: async position => (await explanation(position))?.terms.length ?? 0,
  };
}
