import { droppedBorder, hasWindowInPadding, type SpatialAxis, type WindowGeometry } from '../../conv';
import { compactShape } from '../../tensor';
import type { Fix, Problem } from '../analysis';
import { inputsOf, type Budget, type Draft } from '../fixes/draft';
import { findImprovements } from '../fixes/findFixes';
import type { Inferred } from '../kinds/kind';
import type { NetworkLayer } from '../network';
import { whyIdle } from './idle';

/** What is odd about a layer whose shapes fit. */
export function layerWarnings(draft: Draft, index: number, inferred: Inferred, budget: Budget): Problem[] {
  const layer = draft.layers[index];
  const warn = (fault: string, key: string, reason: string, fixes: readonly Fix[] = []): Problem => ({
    severity: 'warning',
    fault,
    message: `${layer.type}: ${reason}`,
    place: { layer: index, key },
    fixes,
  });
  const improve = (isMended: (windows: WindowGeometry) => boolean): Fix[] =>
    findImprovements(
      draft,
      index,
      inferred,
      budget,
      ({ windows }) => windows !== undefined && isMended(windows),
    ).map(({ changes, inferred: { out } }) => ({ changes, out }));

  const problems: Problem[] = [];
  const { windows } = inferred;
  const shapes = (): string => `x ${shapeOf(draft, layer)}, out ${compactShape(inferred.out)}`;
  if (windows && axesOf(windows).some(hasWindowInPadding)) {
    const reason = `some windows see nothing but padding, as the pad is as large as the window: ${shapes()}`;
    const fixes = improve(changed => !axesOf(changed).some(hasWindowInPadding));
    problems.push(warn('paddingWindow', 'pad', reason, fixes));
  } else if (windows && dropsBorder(windows)) {
    const key = Object.hasOwn(layer.attributes, 'stride') ? 'stride' : 'size';
    const fixes = improve(changed => !dropsBorder(changed) && !axesOf(changed).some(hasWindowInPadding));
    problems.push(warn('droppedBorder', key, `${droppedWords(windows)}: ${shapes()}`, fixes));
  }
  const idle = whyIdle(layer, draft, inferred);
  if (idle !== undefined) problems.push(warn('doesNothing', 'type', `it does nothing: ${idle}: ${shapes()}`));
  if (draft.listing?.has(layer.name)) {
    const reason = `the layer is called '${layer.name}' as a parameter of the files is: call it otherwise to tell them apart`;
    problems.push(warn('shadowedName', 'name', reason));
  }
  return problems;
}

function axesOf({ vertical, horizontal }: WindowGeometry): SpatialAxis[] {
  return [vertical, horizontal];
}

function dropsBorder(windows: WindowGeometry): boolean {
  return axesOf(windows).some(axis => droppedBorder(axis) > 0);
}

/** `with a stride of 2 no window reaches the last row and the last 2 columns of x` */
function droppedWords({ vertical, horizontal }: WindowGeometry): string {
  const rows = droppedBorder(vertical);
  const columns = droppedBorder(horizontal);
  const count = (number: number, one: string): string =>
    number === 1 ? `last ${one}` : `last ${number} ${one}s`;
  const dropped = [
    ...(rows > 0 ? [`the ${count(rows, 'row')}`] : []),
    ...(columns > 0 ? [`the ${count(columns, 'column')}`] : []),
  ];
  const stride = rows > 0 ? vertical.stride : horizontal.stride;
  return `with a stride of ${stride} no window reaches ${dropped.join(' and ')} of x`;
}

function shapeOf(draft: Draft, layer: NetworkLayer): string {
  return compactShape(inputsOf(draft, layer)[0] ?? []);
}
