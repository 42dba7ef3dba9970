import { compactShape } from '../tensor';
import { PROPERTIES, type Scope } from './expression/evaluate';
import { BUILTINS, FUNCTIONS } from './expression/functions';
import { METHODS } from './expression/methods';
import type { Operand } from './expression/operand';
import type { Completion } from './session';

const KEY = /([\p{L}_][\p{L}\p{N}_]*)\[['"]([^'"]*)$/u;
const MEMBER = /(?:([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|[\])])\.([\p{L}\p{N}_]*)$/u;
const NAME = /(?<![\p{L}\p{N}_.])(?:[\p{L}_][\p{L}\p{N}_]*)?$/u;

/** What could stand at the end of `text`, the names of the scope first. Nothing is computed for it. */
export function complete(text: string, scope: Scope): Completion[] {
  const key = KEY.exec(text);
  if (key) return fitting(membersOf(lookup(key[1], scope)), key[2]);
  const member = MEMBER.exec(text);
  if (member) {
    const path = member[1] as string | undefined;
    return fitting(path === undefined ? OF_ARRAYS : attributesOf(path.split('.'), scope), member[2]);
  }
  const name = NAME.exec(text);
  if (!name) return [];
  const names = [...new Set([...scope.names, ...BUILTINS.keys()])];
  return fitting(
    names.map(label => suggestion(label, lookup(label, scope))),
    name[0],
  );
}

type Suggestion = Omit<Completion, 'replaces'>;

const OF_ARRAYS: readonly Suggestion[] = [
  ...[...PROPERTIES].map(([label, detail]): Suggestion => ({ label, kind: 'property', detail })),
  ...[...METHODS].map(([label, { detail }]): Suggestion => ({ label, kind: 'method', detail })),
];

function fitting(suggestions: readonly Suggestion[], typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  return suggestions
    .filter(({ label }) => label.toLowerCase().startsWith(wanted))
    .map(suggested => ({ ...suggested, replaces: typed.length }));
}

function lookup(name: string, scope: Scope): Operand | undefined {
  return scope.lookup(name) ?? BUILTINS.get(name);
}

function membersOf(operand: Operand | undefined): Suggestion[] {
  return operand?.kind === 'namespace'
    ? operand.members.map(label => suggestion(label, operand.member(label)))
    : [];
}

/** What can follow a dot behind a path of names. */
function attributesOf([first, ...path]: readonly string[], scope: Scope): readonly Suggestion[] {
  let operand = lookup(first, scope);
  for (const name of path) {
    // Of what is no namespace only arrays come: `T`, or what a method gives.
    if (operand?.kind !== 'namespace') return OF_ARRAYS;
    operand = operand.member(name);
  }
  if (operand?.kind === 'array') return OF_ARRAYS;
  if (operand?.kind !== 'namespace' || operand.bracketed) return [];
  return [...membersOf(operand), ...(operand.value ? OF_ARRAYS : [])];
}

function suggestion(label: string, operand: Operand | undefined): Suggestion {
  switch (operand?.kind) {
    case 'array': {
      const { shape, dtype } = operand.source;
      return { label, kind: 'array', detail: `${compactShape(shape)} ${dtype}` };
    }
    case 'namespace':
      return { label, kind: 'layer', detail: operand.title };
    case 'function':
      return { label, kind: 'function', detail: FUNCTIONS.get(label)?.detail ?? '' };
    default:
      return { label, kind: 'property', detail: '' };
  }
}
