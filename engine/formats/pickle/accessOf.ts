import { pythonText } from '../write/pythonText';
import { isKind, type Value } from './values';

/**
 * How Python gets from what `access` leads to, a container, to what is in it: `['W1']`, `[0]`. Undefined where that
 * depends on what a class makes of its state.
 */
export function accessOf(access: string | undefined, container: Value, key: Value): string | undefined {
  if (access === undefined) return undefined;
  const hasKeys = isKind(container, 'dict') || isKind(container, 'list') || isKind(container, 'tuple');
  const literal = hasKeys ? keyLiteral(key) : undefined;
  return literal === undefined ? undefined : `${access}[${literal}]`;
}

function keyLiteral(key: Value): string | undefined {
  if (typeof key === 'string') return pythonText(key);
  if (typeof key === 'bigint' || (typeof key === 'number' && Number.isSafeInteger(key))) return `${key}`;
  if (typeof key === 'boolean') return key ? 'True' : 'False';
  return key === null ? 'None' : undefined;
}
