import { FormatError } from '../../errors';

/** A Python literal as it can stand in a .npy header. Lists and tuples become arrays, dicts maps. */
export type Literal = string | number | boolean | null | Literal[] | Map<Literal, Literal>;

/** Nesting that no header of ours needs (structured dtypes nest a few levels). */
const MAX_DEPTH = 16;

/** One token: a string with plain escapes, a whole number (Python 2 wrote `3L`), a name, or a mark. */
const TOKEN =
  /\s*(?:(?<quoted>u?b?'(?:[^'\\\n]|\\.)*'|u?b?"(?:[^"\\\n]|\\.)*")|(?<number>-?\d+)L?|(?<name>[A-Za-z_]+)|(?<mark>[[\](){}:,]))/y;

const NAMES: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
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

  const token = (): Partial<Record<string, string>> => {
    TOKEN.lastIndex = next;
    const match = TOKEN.exec(text);
    if (match) next = TOKEN.lastIndex;
    return match?.groups ?? {};
  };

  /** Whether the mark comes next; if so, it is consumed. */
  const mark = (wanted: string): boolean => {
    const before = next;
    if (token().mark === wanted) return true;
    next = before;
    return false;
  };

  const value = (depth: number): Literal => {
    if (depth > MAX_DEPTH) return fail(`at most ${MAX_DEPTH} levels of brackets`);
    const before = next;
    const { quoted, number, name = '', mark: open = '' } = token();
    if (quoted !== undefined) return quoted.replace(/^u?b?.|.$/g, '').replace(/\\(.)/g, '$1');
    if (number !== undefined) return Number(number);
    const named = NAMES.get(name);
    if (named !== undefined) return named;
    const closing = CLOSING.get(open);
    if (closing !== undefined) return open === '{' ? dict(depth) : sequence(closing, depth);
    next = before;
    return fail('a value');
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
