import type { Problem } from './analysis';
import { INPUT, type Network } from './network';

/** Whether every layer has a name of its own and takes what comes before it. */
export function checkWiring({ layers }: Network): Problem[] {
  const problems: Problem[] = [];
  const report = (layer: number, key: string, fault: string, message: string): void => {
    problems.push({ severity: 'error', fault, message, place: { layer, key }, fixes: [] });
  };
  const all = new Set(layers.map(({ name }) => name));
  const before = new Set([INPUT]);
  layers.forEach(({ name, type, from }, index) => {
    for (const source of from) {
      if (before.has(source)) continue;
      const reason = all.has(source)
        ? `'${source}' does not come before it: a layer takes what earlier layers give`
        : `there is no layer '${source}' before it`;
      report(index, 'from', all.has(source) ? 'laterLayer' : 'unknownLayer', `${type}: from: ${reason}`);
    }
    if (name === INPUT) {
      report(
        index,
        'name',
        'reservedName',
        `${type}: '${INPUT}' is what the network is given: choose another name`,
      );
    } else if (before.has(name)) {
      report(
        index,
        'name',
        'duplicateName',
        `${type}: another layer is called '${name}': choose another name`,
      );
    }
    before.add(name);
  });
  return problems;
}
