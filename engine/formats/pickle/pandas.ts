import { keyText } from './describe';
import { isKind, type InertObject, type Value } from './values';

const MANAGERS = 'pandas.core.internals.managers.';

/** Columns of a block that its name lists all of. */
const MOST_NAMED = 3;

/** Columns of one type, side by side. */
interface Block {
  readonly values: Value;
  /** The positions of the columns, mostly a slice. */
  readonly placement: Value;
}

/**
 * What a DataFrame or Series holds, by the names that its user knows: blocks of columns of one type, named after the
 * columns, `columns` and `index`; the values of a Series have no name of their own. Undefined for what is no manager of
 * pandas, or one of a version before 0.14.
 */
export function pandasParts(manager: Value): [name: string, part: Value][] | undefined {
  if (!isKind(manager, 'object') || !manager.name.startsWith(MANAGERS)) return undefined;
  const stored = storedArguments(manager) ?? storedState(manager);
  if (!stored) return undefined;
  const { blocks, axes } = stored;
  const isSeries = axes.length === 1;
  const nameOf = columnNames(axes[0]);
  return [
    ...blocks.map(({ values, placement }, i): [string, Value] => [
      isSeries ? '' : (blockName(placement, nameOf) ?? `block ${i}`),
      values,
    ]),
    ...axes.map((axis, i): [string, Value] => [isSeries || i > 0 ? 'index' : 'columns', indexData(axis)]),
  ];
}

interface Stored {
  readonly blocks: readonly Block[];
  readonly axes: readonly Value[];
}

/** `BlockManager((_unpickle_block(values, placement, ndim), …), axes)`. Source: pandas/_libs/internals.pyx, __reduce__. */
function storedArguments({ items: [blocks, axes] }: InertObject): Stored | undefined {
  if (!isKind(blocks, 'tuple') || !isKind(axes, 'list') || axes.items.length === 0) return undefined;
  return {
    axes: axes.items,
    blocks: blocks.items.map(block => {
      const [values = null, placement = null] = isKind(block, 'object') ? block.items : [block];
      return { values, placement };
    }),
  };
}

/** State `(…, {'0.14.1': {'axes': […], 'blocks': [{'values': …, 'mgr_locs': …}, …]}})`. Source: managers.py, __getstate__. */
function storedState({ entries }: InertObject): Stored | undefined {
  const state = entries.get('state');
  const versions = isKind(state, 'tuple') ? state.items.at(-1) : undefined;
  const content = valueIn(versions, '0.14.1');
  const [axes, blocks] = [valueIn(content, 'axes'), valueIn(content, 'blocks')];
  if (!isKind(axes, 'list') || axes.items.length === 0 || !isKind(blocks, 'list')) return undefined;
  return {
    axes: axes.items,
    blocks: blocks.items.map(block => ({
      values: valueIn(block, 'values') ?? null,
      placement: valueIn(block, 'mgr_locs') ?? null,
    })),
  };
}

function valueIn(dict: Value | undefined, key: string): Value | undefined {
  return isKind(dict, 'dict') ? dict.items.get(key) : undefined;
}

/** `_new_Index(class, {'data': …, 'name': …})` */
function indexData(axis: Value): Value {
  return (isKind(axis, 'object') ? valueIn(axis.items.at(1), 'data') : undefined) ?? axis;
}

/** The name of the column at a position; where the names are numbers they may still lie in the file, unread. */
function columnNames(columns: Value): (position: number) => string {
  const data = indexData(columns);
  const names = isKind(data, 'array') ? [...data.parts.values()].map(keyText) : [];
  return position => names.at(position) ?? String(position);
}

/** `a`, or `a, b`, or `a … z` of the columns where a block belongs; undefined unless they are a slice. */
function blockName(placement: Value, nameOf: (position: number) => string): string | undefined {
  if (!isKind(placement, 'object') || !placement.name.endsWith('.slice')) return undefined;
  const [start, stop, step] = placement.items.map(Number);
  const count = Math.ceil((stop - start) / step);
  if (!(start >= 0 && step > 0 && count > 0)) return undefined;
  if (count > MOST_NAMED) return `${nameOf(start)} … ${nameOf(start + (count - 1) * step)}`;
  return Array.from({ length: count }, (_, i) => nameOf(start + i * step)).join(', ');
}
