import { compactShape } from '../tensor';
import type { Edit, Fix, Problem } from './analysis';
import type { Trial } from './fixes/draft';
import { LAYOUTS, type Layout } from './fixes/variants';
import { kindOf } from './kinds';
import type { LayerMisfit } from './kinds/kind';
import type { NetworkLayer } from './network';

/** A layer that does not fit as a problem: at the place, with what would mend it, and with the likely cause. */
export function misfitProblem(
  misfit: LayerMisfit,
  { type }: NetworkLayer,
  layer: number,
  trials: readonly Trial[],
): Problem {
  const fixes = trials.map(({ changes, inferred }): Fix => ({ changes, out: inferred.out }));
  const nearest = trials.at(0)?.changes.find(change => 'place' in change);
  const { fault, key, message } = misfit;
  const place = { layer, key };
  const layout = nearest && nearest.place.layer === layer ? layoutOf(nearest) : undefined;
  if (layout) {
    // To do without b may make the shapes meet, too, but b is not what is wrong.
    const sound = fixes.filter(({ changes }) =>
      changes.every(change => !('place' in change) || change.value !== undefined),
    );
    const { W: ordered } = trials[0].inferred.parameters;
    const stored = layout.axes.map((_, axis) => ordered[layout.axes.indexOf(axis)]);
    const axes = kindOf(type).parameters.find(({ role }) => role === 'W')!.axes;
    const likely = `W ${compactShape(stored)} is probably ${layout.words}; it takes ${axes}`;
    const text = `${type}: ${likely}. As it is, ${message.slice(`${type}: `.length)}`;
    return {
      severity: 'error',
      fault: 'permutedAxes',
      message: text,
      place: { layer, key: 'W' },
      fixes: sound,
    };
  }
  if (fault === 'missingParameter' && nearest?.place.key === key && typeof nearest.value === 'string') {
    const shape = trials[0].inferred.parameters[key];
    const text = `${message}; did you mean '${nearest.value}' ${compactShape(shape)}?`;
    return { severity: 'error', fault, message: text, place, fixes };
  }
  return { severity: 'error', fault, message, place, fixes };
}

/** Whose order of axes an edit says a parameter is stored in. */
function layoutOf({ place, value }: Edit): Layout | undefined {
  if (place.key !== 'wAxes') return undefined;
  return LAYOUTS.find(({ axes }) => axes.join() === String(value));
}
