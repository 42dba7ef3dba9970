import type { VNode } from 'preact';
import { Select } from '../controls';
import { t } from '../l10n';
import type { RunModel } from '../model/runModel';
import type { ColView } from '../model/viewSettings';

/** The layout chosen for an array; only the col of a convolution has several. */
export function colViewOf({ settings, has }: RunModel, name: string): ColView | undefined {
  return name === 'col' && has('col.axes') ? settings.colView.value : undefined;
}

/** The array that is col in a layout. */
export function colArray(view: ColView): string {
  if (view === 'rows') return 'col';
  return view === 'columns' ? 'col.columns' : 'col.axes';
}

/** The layouts of col, and the two ways of building it as pictures. */
export function ColViewSelect({ model }: { model: RunModel }): VNode {
  const { colView } = model.settings;
  const [, , FH, FW, OH, OW] = model.array('col.axes').shape;
  return (
    <Select
      label={t('Layout of col')}
      value={colView.value}
      options={[
        { value: 'rows', text: t('rows: one per window') },
        { value: 'columns', text: t('columns: one per window') },
        { value: 'taps', text: t('per filter tap: {0} pictures of {1}×{2}', FH * FW, OH, OW) },
        { value: 'windows', text: t('per window: {0} pictures of {1}×{2}', OH * OW, FH, FW) },
      ]}
      onChange={chosen => (colView.value = chosen)}
    />
  );
}
