import { INPUT } from '../network';
import type { Faults } from './faults';
import { quoted } from './json';
import type { LayerItem } from './layerItem';
import { readText, valueOf } from './values';

/**
 * A name for each layer, no two alike: the one that was given, or the type and a number (`relu1`). A name that cannot
 * be had is said, and replaced.
 */
export function layerNames(items: readonly LayerItem[], faults: Faults): string[] {
  const taken = new Set([INPUT]);
  const given = items.map(({ properties }) => {
    const node = valueOf(properties, 'name');
    const name = readText('name', node, faults);
    if (!node || name === undefined) return undefined;
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
    faults.add(
      'duplicateName',
      node,
      name === INPUT
        ? `no layer may be called ${INPUT}: that is what the network is given; choose another name`
        : `another layer is called ${quoted(name)} already; choose another name`,
    );
    return undefined;
  });
  const counts = new Map<string, number>();
  return items.map(({ kind }, i) => {
    const type = kind?.type ?? 'layer';
    let number = (counts.get(type) ?? 0) + 1;
    const name = (): string => given[i] ?? `${type}${number}`;
    if (given[i] === undefined) {
      while (taken.has(name())) number++;
      taken.add(name());
    }
    counts.set(type, number);
    return name();
  });
}
