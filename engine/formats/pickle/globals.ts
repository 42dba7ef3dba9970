import { printable } from './describe';
import type { Note } from '../tensorFile';
import type { Global, Globals, Machine, Value } from './values';

const MAX_UNKNOWN = 1000;
const MAX_NAMED = 8;

/**
 * The policy on the names in a pickle, all of it: a name in the table is read as data; every other one is a text, and
 * what a file would have Python do with it is only recorded. The rule of PyTorch's weights_only and of fickling: allow
 * what is known, never list what is bad.
 */
export class GlobalTable {
  /** Names that were not in the table, with the package each is from. */
  private readonly unknown = new Map<string, string>();

  constructor(private readonly known: Globals) {}

  find(module: Value, name: Value, machine: Machine): Global {
    if (typeof module !== 'string' || typeof name !== 'string')
      return machine.fail('a name that is not a text');
    const dotted = `${module}.${name}`;
    const construct = this.known.get(dotted);
    if (!construct && this.unknown.size < MAX_UNKNOWN) this.unknown.set(dotted, dotted.split('.')[0]);
    return { kind: 'global', name: dotted, construct };
  }

  /** One note per package on the names that Python would have imported, so that none goes unseen. */
  notes(): Note[] {
    const packages = new Map<string, string[]>();
    for (const [name, from] of this.unknown) packages.set(from, [...(packages.get(from) ?? []), name]);
    return Array.from(packages, ([from, names]) => {
      const shown = names.slice(0, MAX_NAMED).map(printable);
      if (names.length > MAX_NAMED) shown.push(`${names.length - MAX_NAMED} more of ${printable(from)}`);
      return {
        name: '',
        reason: `names ${shown.join(', ')}, which Python would import and run; nothing is run here`,
      };
    });
  }
}
