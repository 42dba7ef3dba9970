import { INPUT } from '../network';
import { compactShape } from '../tensor';
import { PROPERTIES, type Scope } from './expression/evaluate';
import { BUILTINS, FUNCTIONS } from './expression/functions';
import { METHODS } from './expression/methods';
import type { Operand } from './expression/operand';
import type { Completion } from './session';

const KEY = /([\p{L}_][\p{L}\p{N}_]*)\[['"]([^'"]*)$/u;
const MEMBER = /(?:([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|[\])])\.([\p{L}\p{N}_]*)$/u;
const NAME = /(?<![\p{L}\p{N}_.])(?:[\p{L}_][\p{L}\p{N}_]*)?$/u;

/** What a completion looks at, from the end of the text. */
const LOOKED_AT = 200;

/** Suggestions at most; who types on gets others. */
const MOST = 500;

type Suggestion = Omit<Completion, 'replaces'>;

/** Names that could stand somewhere, and what each of them is. */
interface Choices {
  readonly labels: readonly string[];
  suggestion(label: string): Suggestion;
}

/** What could stand at the end of `text`, the names of the scope first. Nothing is computed for it. */
export function complete(text: string, scope: Scope): Completion[] {
  const ending = text.slice(-LOOKED_AT);
  const key = KEY.exec(ending);
  if (key) return fitting(membersOf(lookup(key[1], scope)), key[2]);
  const member = MEMBER.exec(ending);
  if (member) {
    const path = member[1] as string | undefined;
    return fitting(path === undefined ? OF_ARRAYS : attributesOf(path.split('.'), scope), member[2]);
  }
  const name = NAME.exec(ending);
  if (!name) return [];
  const labels = [...new Set([...scope.names, ...BUILTINS.keys()])];
  return fitting({ labels, suggestion: label => suggestionOf(label, lookup(label, scope)) }, name[0]);
}

function fitting({ labels, suggestion }: Choices, typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  return labels
    .filter(label => label.toLowerCase().startsWith(wanted))
    .slice(0, MOST)
    .map(label => ({ ...suggestion(label), replaces: typed.length }));
}

const OF_ARRAYS: Choices = {
  labels: [...PROPERTIES.keys(), ...METHODS.keys()],
  suggestion(label) {
    const method = METHODS.get(label);
    return method
      ? { label, kind: 'method', detail: method.detail }
      : { label, kind: 'property', detail: PROPERTIES.get(label) ?? '' };
  },
};

const NOTHING: Choices = { labels: [], suggestion: label => suggestionOf(label, undefined) };

function lookup(name: string, scope: Scope): Operand | undefined {
  return scope.lookup(name) ?? BUILTINS.get(name);
}

function membersOf(operand: Operand | undefined): Choices {
  if (operand?.kind !== 'namespace') return NOTHING;
  return { labels: operand.members, suggestion: label => suggestionOf(label, operand.member(label)) };
}

/** What can follow a dot behind a path of names. */
function attributesOf([first, ...path]: readonly string[], scope: Scope): Choices {
  let operand = lookup(first, scope);
  for (const name of path) {
    // Of what is no namespace only arrays come: `T`, or what a method gives.
    if (operand?.kind !== 'namespace') return OF_ARRAYS;
    operand = operand.member(name);
  }
  if (operand?.kind === 'array') return OF_ARRAYS;
  if (operand?.kind === 'namespace' && operand.value)
    return both(membersOf(operand), valueMembers(operand.value));
  return operand?.kind === 'namespace' && operand.bracketed ? NOTHING : membersOf(operand);
}

/** What can follow a dot behind a value. */
function valueMembers(value: Operand): Choices {
  return value.kind === 'array' ? OF_ARRAYS : NOTHING;
}

function both(first: Choices, second: Choices): Choices {
  return {
    labels: [...first.labels, ...second.labels],
    suggestion: label => (first.labels.includes(label) ? first : second).suggestion(label),
  };
}

function suggestionOf(label: string, operand: Operand | undefined): Suggestion {
  switch (operand?.kind) {
    case 'array': {
      const { shape, dtype } = operand.source;
      return { label, kind: 'array', detail: `${compactShape(shape)} ${dtype}` };
    }
    case 'namespace': {
      const { title, value } = operand;
      if (!value || label === INPUT) return { label, kind: 'layer', detail: title };
      const own = suggestionOf(label, value);
      return { ...own, detail: `${own.detail}; ${title} is ${label}.out` };
    }
    case 'function':
      return { label, kind: 'function', detail: FUNCTIONS.get(label)?.detail ?? '' };
    default:
      return { label, kind: 'property', detail: '' };
  }
}
