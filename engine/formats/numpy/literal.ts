import { FormatError } from '../../errors';

/** A Python literal as it can stand in a .npy header. Lists and tuples become arrays, dicts maps. */
export type Literal = string | number | boolean | null | Literal[] | Map<Literal, Literal>;

/** Nesting that no header of ours needs (structured dtypes nest a few levels). */
const MAX_DEPTH = 16;

/** A string with plain escapes, a whole number (Python 2 wrote `3L`), a name, or an opening bracket. */
const VALUE = /\s*(?:(u?b?'(?:[^'\\\n]|\\.)*'|u?b?"(?:[^"\\\n]|\\.)*")|(-?\d+)L?|([A-Za-z_]+)|([[({]))/y;

const SPACE = /\s*/y;

const NAMES: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * Parses a Python literal: strings, whole numbers, True, False, None, lists, tuples and dicts. Nothing is evaluated.
 * @throws FormatError (format `npy`) at anything else
 */
export function parsePythonLiteral(text: string): Literal {
  let next = 0;

  const fail = (wanted: string): never => {
    const rest = text.slice(next, next + 20).trim();
    throw new FormatError(
      'npy',
      `the header is not a Python literal: expected ${wanted} at character ${next}, found ${rest ? JSON.stringify(rest) : 'its end'}`,
    );
  };

  /** Whether the mark comes next; if so, it is consumed. */
  const mark = (wanted: string): boolean => {
    SPACE.lastIndex = next;
    SPACE.test(text);
    if (text[SPACE.lastIndex] !== wanted) return false;
    next = SPACE.lastIndex + 1;
    return true;
  };

  const value = (depth: number): Literal => {
    if (depth > MAX_DEPTH) return fail(`at most ${MAX_DEPTH} levels of brackets`);
    VALUE.lastIndex = next;
    const match = VALUE.exec(text);
    if (!match) return fail('a value');
    const [quoted, number, name, open] = match.slice(1) as (string | undefined)[];
    if (name !== undefined && !NAMES.has(name)) return fail('a value');
    next = VALUE.lastIndex;
    if (quoted !== undefined) return quoted.replace(/^u?b?.|.$/g, '').replace(/\\(.)/g, '$1');
    if (number !== undefined) return Number(number);
    if (name !== undefined) return NAMES.get(name) ?? null;
    return open === '{' ? dict(depth) : sequence(open === '(' ? ')' : ']', depth);
  };

  /** The items up to `closing`. A lone value in round brackets is itself, as in Python. */
  const sequence = (closing: string, depth: number): Literal => {
    const items: Literal[] = [];
    let comma = true;
    while (!mark(closing)) {
      if (!comma) return fail(`, or ${closing}`);
      items.push(value(depth + 1));
      comma = mark(',');
    }
    return closing === ')' && items.length === 1 && !comma ? items[0] : items;
  };

  const dict = (depth: number): Map<Literal, Literal> => {
    const items = new Map<Literal, Literal>();
    let comma = true;
    while (!mark('}')) {
      if (!comma) return fail(', or }');
      const key = value(depth + 1);
      if (!mark(':')) return fail(':');
      items.set(key, value(depth + 1));
      comma = mark(',');
    }
    return items;
  };

  const result = value(0);
  if (text.slice(next).trim()) return fail('the end');
  return result;
}
