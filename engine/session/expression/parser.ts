import { ExpressionError } from '../../errors';
import type { BinaryOperator, Comparison, IndexItem, NamedArgument, Node, Span, Statement } from './ast';
import { tokenize, type Token } from './lexer';

/** Longer or deeper ones are mistakes, or made to hurt. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 64;

/** How tightly each operator binds, as in Python. */
const COMPARISON = 4;
const POWER = 11;
const SIGN = 10;
const NOT = 3;
const BINDING: Readonly<Partial<Record<string, number>>> = {
  or: 1,
  and: 2,
  '==': COMPARISON,
  '!=': COMPARISON,
  '<': COMPARISON,
  '<=': COMPARISON,
  '>': COMPARISON,
  '>=': COMPARISON,
  '|': 5,
  '^': 6,
  '&': 7,
  '+': 8,
  '-': 8,
  '*': 9,
  '/': 9,
  '//': 9,
  '%': 9,
  '**': POWER,
};

const WORDS = new Set(['and', 'or', 'not']);

/**
 * Reads a NumPy-like expression, by operator precedence as in Pratt, "Top down operator precedence" (1973).
 * @throws ExpressionError naming the character where it cannot go on
 */
export function parseStatement(text: string): Statement {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(`the expression has ${text.length} characters, at most ${MAX_LENGTH} are read`);
  }
  const parser = createParser(text);
  const value = parser.expression();
  if (!parser.accept('=')) {
    parser.finish();
    return { text, value };
  }
  const target = savedName(value);
  if (target === undefined) {
    throw new ExpressionError(`only saved['name'] can be set, not ${text.slice(value.start, value.end)}`);
  }
  const kept = parser.expression();
  parser.finish();
  return { text, target, value: kept };
}

/** The name in `saved['name']`. */
function savedName(node: Node): string | undefined {
  if (node.kind !== 'index' || node.of.kind !== 'name' || node.of.name !== 'saved') return undefined;
  const item = node.items.length === 1 ? node.items[0] : undefined;
  return item?.kind === 'text' ? item.value : undefined;
}

function createParser(text: string) {
  const tokens = tokenize(text);
  let next = 0;
  let depth = 0;

  const peek = (): Token => tokens[next];
  const is = (sign: string): boolean => {
    const { kind, text: word } = peek();
    return word === sign && (kind === 'sign' || (kind === 'name' && WORDS.has(sign)));
  };
  const accept = (sign: string): boolean => {
    if (!is(sign)) return false;
    next++;
    return true;
  };
  const fail = (wanted: string): never => {
    const { kind, text: word, start } = peek();
    const found = kind === 'end' ? 'the end' : `'${word}'`;
    throw new ExpressionError(`${wanted} is expected at character ${start + 1}, not ${found}`);
  };
  const expect = (sign: string): void => {
    if (!accept(sign)) fail(`'${sign}'`);
  };
  const spanFrom = (start: number): Span => ({ start, end: next > 0 ? tokens[next - 1].end : start });

  const expression = (binding = 0): Node => {
    if (++depth > MAX_DEPTH)
      throw new ExpressionError(`the expression is nested more than ${MAX_DEPTH} deep`);
    const { start } = peek();
    let left = prefix();
    for (;;) {
      const operator = peek().text;
      const power = infixBinding();
      if (power === undefined || power <= binding) break;
      if (power === COMPARISON) {
        left = comparison(left, start);
        continue;
      }
      next++;
      // A power binds to its right first: 2 ** 3 ** 2 is 2 ** 9.
      const right = expression(power === POWER ? SIGN - 1 : power);
      left =
        operator === 'and' || operator === 'or'
          ? { kind: 'logic', operator, left, right, ...spanFrom(start) }
          : { kind: 'binary', operator: operator as BinaryOperator, left, right, ...spanFrom(start) };
    }
    depth--;
    return left;
  };

  const infixBinding = (): number | undefined => {
    const { kind, text: word } = peek();
    if (kind !== 'sign' && !(kind === 'name' && WORDS.has(word))) return undefined;
    return Object.hasOwn(BINDING, word) ? BINDING[word] : undefined;
  };

  const comparison = (first: Node, start: number): Node => {
    const operators: Comparison[] = [];
    const operands = [first];
    while (infixBinding() === COMPARISON) {
      operators.push(peek().text as Comparison);
      next++;
      operands.push(expression(COMPARISON));
    }
    return { kind: 'compare', operators, operands, ...spanFrom(start) };
  };

  const prefix = (): Node => {
    const { start } = peek();
    for (const operator of ['-', '+', '~'] as const) {
      if (accept(operator)) return { kind: 'unary', operator, operand: expression(SIGN), ...spanFrom(start) };
    }
    if (accept('not'))
      return { kind: 'unary', operator: 'not', operand: expression(NOT), ...spanFrom(start) };
    return postfix(atom(), start);
  };

  const atom = (): Node => {
    const { kind, text: word, start, end } = peek();
    if (accept('(')) {
      const { items, comma } = list(')');
      return items.length === 1 && !comma ? items[0] : { kind: 'tuple', items, ...spanFrom(start) };
    }
    if (accept('[')) return { kind: 'tuple', items: list(']').items, ...spanFrom(start) };
    if (kind === 'sign' || kind === 'end' || (kind === 'name' && WORDS.has(word))) return fail('a value');
    next++;
    switch (kind) {
      case 'number': {
        const value = Number(word.replaceAll('_', ''));
        const whole = /^[\d_]+$/.test(word);
        if (whole && !Number.isSafeInteger(value)) {
          throw new ExpressionError(
            `${word} is beyond 2^53, where whole numbers are not exact: write ${word}.0`,
          );
        }
        return { kind: 'number', value, whole, start, end };
      }
      case 'text':
        return { kind: 'text', value: word, start, end };
      case 'name':
        return { kind: 'name', name: word, start, end };
    }
  };

  /** Values up to a closing bracket, which is taken too. */
  const list = (closing: string): { items: Node[]; comma: boolean } => {
    const items: Node[] = [];
    let comma = false;
    while (!accept(closing)) {
      items.push(expression());
      comma = accept(',');
      if (!comma && !is(closing)) fail(`',' or '${closing}'`);
    }
    return { items, comma };
  };

  const postfix = (of: Node, start: number): Node => {
    let node = of;
    for (;;) {
      if (accept('.')) {
        const { kind, text: name } = peek();
        if (kind !== 'name') fail('a name');
        next++;
        node = { kind: 'attribute', of: node, name, ...spanFrom(start) };
      } else if (accept('[')) {
        const items = indexItems();
        node = { kind: 'index', of: node, items, ...spanFrom(start) };
      } else if (accept('(')) {
        const given = callArguments();
        node = { kind: 'call', callee: node, ...given, ...spanFrom(start) };
      } else return node;
    }
  };

  const indexItems = (): IndexItem[] => {
    const items: IndexItem[] = [];
    do {
      if (items.length > 0 && is(']')) break; // a comma after the last
      items.push(indexItem());
    } while (accept(','));
    expect(']');
    return items;
  };

  const indexItem = (): IndexItem => {
    const { start } = peek();
    if (accept('...')) return { kind: 'ellipsis', ...spanFrom(start) };
    const part = (): Node | undefined => (is(':') || is(',') || is(']') ? undefined : expression());
    const first = part();
    if (!is(':')) return first ?? fail('an index');
    const parts = [first];
    while (parts.length < 3 && accept(':')) parts.push(part());
    return { kind: 'slice', parts, ...spanFrom(start) };
  };

  const callArguments = (): { positional: Node[]; named: NamedArgument[] } => {
    const positional: Node[] = [];
    const named: NamedArgument[] = [];
    while (!accept(')')) {
      const { kind, text: name } = peek();
      if (kind === 'name' && tokens[next + 1].text === '=' && tokens[next + 1].kind === 'sign') {
        next += 2;
        named.push({ name, value: expression() });
      } else if (named.length > 0) fail('a named argument');
      else positional.push(expression());
      if (!accept(',') && !is(')')) fail("',' or ')'");
    }
    return { positional, named };
  };

  return {
    expression,
    accept,
    /** @throws ExpressionError unless all has been read */
    finish(): void {
      if (peek().kind !== 'end') fail('an operator');
    },
  };
}
