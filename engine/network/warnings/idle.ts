import { paddedSize, type SpatialAxis } from '../../conv';
import { inputsOf, type Draft } from '../fixes/draft';
import { readAttributes, type AttributeReader } from '../kinds/attributes';
import { kindOf } from '../kinds';
import type { Inferred, LayerTypeName } from '../kinds/kind';
import type { NetworkLayer } from '../network';
import { sameOpenShape } from '../openShape';

/** Layers that give no negative numbers, so that a ReLU after them changes nothing. */
const NOT_NEGATIVE: readonly LayerTypeName[] = ['relu', 'sigmoid', 'softmax'];

/** Why a layer's output is its input; `undefined` where it is not. */
export function whyIdle(layer: NetworkLayer, draft: Draft, { out, windows }: Inferred): string | undefined {
  const [x] = inputsOf(draft, layer);
  const sameShape = x !== undefined && sameOpenShape(x, out);
  const read = (): AttributeReader => readAttributes(kindOf(layer.type), layer.attributes);
  switch (layer.type) {
    case 'maxpool':
    case 'avgpool':
    case 'globalavgpool':
      return windows && isTrivial(windows.vertical) && isTrivial(windows.horizontal)
        ? 'its windows are single numbers'
        : undefined;
    case 'flatten':
    case 'reshape':
      return sameShape ? 'x has that shape already' : undefined;
    case 'transpose':
      return read()
        .axes('axes')
        .every((axis, position) => axis === position)
        ? 'it leaves the axes in their order'
        : undefined;
    case 'dropout':
      return read().flag('inverted') ? 'inverted dropout drops and scales in training only' : undefined;
    case 'relu': {
      const before = draft.types.get(layer.from[0]);
      return before && NOT_NEGATIVE.includes(before)
        ? `x comes from a ${before} and is never negative`
        : undefined;
    }
    default:
      return undefined;
  }
}

function isTrivial(axis: SpatialAxis): boolean {
  return axis.window === 1 && axis.stride === 1 && paddedSize(axis) === axis.size;
}
