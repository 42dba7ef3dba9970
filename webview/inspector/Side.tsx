import type { VNode } from 'preact';
import { Tabs } from '../controls';
import { t } from '../l10n';
import type { TensorFileSummary } from '../protocol';
import type { InspectorModel } from './inspectorModel';
import { ArrayList } from './list/ArrayList';
import { MetadataView } from './outline/MetadataView';
import { counted } from './words';

const PANEL = 'inspector-side-panel';

export interface SideProps {
  readonly model: InspectorModel;
  readonly file: TensorFileSummary;
  onMessage: (text: string) => void;
}

/** What the file holds: its arrays, and what it says about itself. */
export function Side({ model, file, onMessage }: SideProps): VNode {
  const { metadata, arrays } = file;
  const layout = model.layout.value;
  const tab = metadata.length === 0 ? 'arrays' : arrays.length === 0 ? 'metadata' : layout.tab;
  return (
    <>
      {metadata.length > 0 && (
        <Tabs
          label={t('What the file holds')}
          value={tab}
          tabs={[
            { value: 'arrays', text: t('Arrays ({0})', counted(arrays.length)) },
            { value: 'metadata', text: t('Metadata') },
          ]}
          controls={PANEL}
          onChange={chosen => (model.layout.value = { ...layout, tab: chosen })}
        />
      )}
      <div
        id={PANEL}
        class="inspector-side-panel"
        role={metadata.length > 0 ? 'tabpanel' : undefined}
        aria-label={metadata.length > 0 ? (tab === 'arrays' ? t('Arrays') : t('Metadata')) : undefined}
      >
        {tab === 'arrays' ? (
          <ArrayList model={model} onMessage={onMessage} />
        ) : (
          <MetadataView label={t('Metadata')} nodes={metadata} onMessage={onMessage} />
        )}
      </div>
    </>
  );
}
