import type { LayerKind } from '../kinds/kind';

/** The keys that a layer of that type may have. */
export function keysOf(kind: LayerKind): string[] {
  return [
    ...['type', 'name', 'from'],
    ...kind.parameters.map(({ role }) => role),
    ...kind.attributes.map(({ name }) => name),
    ...(takesTarget(kind) ? ['target'] : []),
  ];
}

/** Whether it compares its input with labels. */
export function takesTarget({ type }: LayerKind): boolean {
  return type === 'softmaxWithLoss';
}
