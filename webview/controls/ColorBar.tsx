import type { VNode } from 'preact';
import type { ColorScale } from '../draw/colorScale';

export interface ColorBarProps {
  readonly scale: ColorScale;
}

/** The colours of a scale with the numbers they stand for. */
export function ColorBar(props: ColorBarProps): VNode {
  return <span class="color-bar">{props.scale.domain.min}</span>;
}
