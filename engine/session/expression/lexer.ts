import { ExpressionError } from '../../errors';
import type { Span } from './ast';

export interface Token extends Span {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  /** The characters; of a text those between its quotes. */
  readonly text: string;
}

const NUMBER = /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** Of Python's escapes those of quotes and of the backslash. */
const TEXT = /'(?:[^'\\]|\\['"\\])*'|"(?:[^"\\]|\\['"\\])*"/y;
const SIGN = /\*\*|\/\/|==|!=|<=|>=|\.\.\.|[-+*/%<>=~&|^()[\],:.]/y;
const SPACE = /\s*/y;

/** The words and signs of an expression; the last is an `end`. @throws ExpressionError */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const add = (kind: Token['kind'], length: number, content: string): void => {
    tokens.push({ kind, text: content, start: at, end: at + length });
    at += length;
  };
  for (;;) {
    at += match(SPACE)?.[0].length ?? 0;
    if (at >= text.length) break;
    const name = match(NAME);
    const number = name ? null : match(NUMBER);
    const quoted = match(TEXT);
    const sign = match(SIGN);
    if (name) add('name', name[0].length, name[0]);
    else if (number) add('number', number[0].length, number[0]);
    else if (quoted) add('text', quoted[0].length, quoted[0].slice(1, -1).replace(/\\(.)/g, '$1'));
    else if (sign) add('sign', sign[0].length, sign[0]);
    else throw new ExpressionError(unreadable(text, at));
  }
  add('end', 0, '');
  return tokens;
}

function unreadable(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return /['"]/.test(character)
    ? `the text that begins with ${character} at character ${at + 1} has no end`
    : `'${character}' at character ${at + 1} cannot stand in an expression`;
}
