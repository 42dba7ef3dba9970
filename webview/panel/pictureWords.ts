import { t } from '../l10n';
import type { PictureView } from '../model/pictureView';
import type { ArrayInfo } from '../protocol';

/** What a picture shows of its array: `30 maps of 24×24`. */
export function describeView({ shape }: ArrayInfo, view: PictureView): string {
  if (view.kind !== 'maps') return '';
  const maps = view.gridAxes.reduce((count, axis) => count * shape[axis], 1);
  const [rows, columns] = [shape[view.rowAxis], shape[view.columnAxis]];
  return maps === 1 ? t('1 map of {0}×{1}', rows, columns) : t('{0} maps of {1}×{2}', maps, rows, columns);
}

/** What must be said of a picture's colours besides their range, so that nothing is normalised silently. */
export function describeScale(source: ArrayInfo, array: ArrayInfo, perMap: boolean): string {
  if (perMap) return t('every map has a scale of its own');
  return source.name === array.name ? '' : t('same scale as {0}', source.name);
}
