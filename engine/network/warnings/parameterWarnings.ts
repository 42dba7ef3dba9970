import type { Fix, Problem } from '../analysis';
import { tryChanges, type Budget, type Draft } from '../fixes/draft';
import { kindOf } from '../kinds';
import { biasNames } from '../parameterNames';
import type { Walk } from '../settleLayer';

/** Names of unused parameters that a message lists. */
const LISTED = 6;
/** Biases that are offered. */
const OFFERED = 6;

/** Parameters of the network's files that no layer names. */
export function parameterWarnings({ draft, warningBudget }: Walk): Problem[] {
  if (!draft.listing) return [];
  const { layers } = draft;
  const used = new Set(layers.flatMap(({ parameters }) => Object.values(parameters)));
  const unused = [...draft.listing.keys()].filter(name => !used.has(name));
  if (unused.length === 0) return [];
  const more = unused.length > LISTED ? ` and ${unused.length - LISTED} more` : '';
  const names = unused.slice(0, LISTED).map(name => `'${name}'`);
  return [
    {
      severity: 'warning',
      fault: 'unusedParameter',
      message: `params: no layer uses ${names.join(', ')}${more}`,
      place: { key: 'params' },
      fixes: missingBiases(draft, new Set(unused), warningBudget),
    },
  ];
}

/** Unused parameters that are, by name and shape, the bias of a layer that has none. */
function missingBiases(draft: Draft, unused: ReadonlySet<string>, budget: Budget): Fix[] {
  const fixes: Fix[] = [];
  for (const [index, { type, parameters }] of draft.layers.entries()) {
    if (fixes.length === OFFERED) break;
    const lacksBias =
      kindOf(type).parameters.some(({ role }) => role === 'b') && !Object.hasOwn(parameters, 'b');
    if (!lacksBias || !Object.hasOwn(parameters, 'W')) continue;
    const bias = biasNames(parameters.W).find(name => unused.has(name));
    if (bias === undefined) continue;
    const trial = tryChanges(draft, index, [{ place: { layer: index, key: 'b' }, value: bias }], budget);
    if (trial) fixes.push({ changes: trial.changes, out: trial.inferred.out });
  }
  return fixes;
}
