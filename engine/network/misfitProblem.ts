import { compactShape } from '../tensor';
import type { Edit, Fix, Problem } from './analysis';
import type { Trial } from './fixes/draft';
import { LAYOUTS } from './fixes/variants';
import type { LayerMisfit } from './kinds/kind';

/** A layer that does not fit as a problem: at the place, with what would mend it, and with the likely cause. */
export function misfitProblem(misfit: LayerMisfit, layer: number, trials: readonly Trial[]): Problem {
  const fixes = trials.map(({ changes, inferred }): Fix => ({ changes, out: inferred.out }));
  const nearest = trials.at(0)?.changes.find(change => 'place' in change);
  const { fault, key, message } = misfit;
  const place = { layer, key };
  const layout = nearest && nearest.place.layer === layer ? layoutOf(nearest) : undefined;
  if (layout !== undefined) {
    const text = `${message}. The axes of W are probably ${layout}`;
    return { severity: 'error', fault: 'permutedAxes', message: text, place, fixes };
  }
  if (fault === 'missingParameter' && nearest?.place.key === key && typeof nearest.value === 'string') {
    const shape = trials[0].inferred.parameters[key];
    const text = `${message}; did you mean '${nearest.value}' ${compactShape(shape)}?`;
    return { severity: 'error', fault, message: text, place, fixes };
  }
  return { severity: 'error', fault, message, place, fixes };
}

/** Whose order of axes an edit says a parameter is stored in. */
function layoutOf({ place, value }: Edit): string | undefined {
  if (place.key !== 'wAxes') return undefined;
  return LAYOUTS.find(({ axes }) => axes.join() === String(value))?.words;
}
