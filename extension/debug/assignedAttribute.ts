import { layerExpression } from '../../engine';
import type { SessionState } from '../../webview/protocol';

/**
 * The attribute that an expression means: `conv1.stride`, `layers['layer1.0.conv'].stride`, or `stride` of the layer that the session stands on.
 * @throws Error where it is none
 */
export function assignedAttribute(
  expression: string,
  { layers, position }: Pick<SessionState, 'layers' | 'position'>,
): { layer: number; name: string } {
  const dot = expression.lastIndexOf('.');
  const owner = expression.slice(0, Math.max(dot, 0)).trim();
  const isOwner = ({ name }: { readonly name: string }): boolean =>
    name === owner || layerExpression(name) === owner;
  const layer = dot < 0 ? position.layer : layers.findIndex(isOwner);
  if (!(layer in layers))
    throw new Error(`${expression}: only attributes of layers can be changed, e.g. conv1.stride`);
  return { layer, name: expression.slice(dot + 1).trim() };
}
