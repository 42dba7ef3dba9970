import { BUILTINS } from '../expression/functions';

/** An expression for the layer of that name: the name, unless it means something else or is no name in Python. */
export function layerExpression(name: string): string {
  const plain = /^(?!(?:and|or|not)$)[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !BUILTINS.has(name);
  return plain ? name : `layers['${name.replace(/['\\]/g, '\\$&')}']`;
}
