import type { VNode } from 'preact';
import { t } from '../l10n';
import type { TensorFileSummary } from '../protocol';
import type { InspectorModel } from './inspectorModel';
import { MetadataView } from './outline/MetadataView';
import { ArrayView } from './view/ArrayView';
import { counted, cutName } from './words';

export interface ChosenArrayProps {
  readonly model: InspectorModel;
  readonly file: TensorFileSummary;
  onMessage: (text: string) => void;
}

/** The chosen array: its view, and what the file says of it. Nothing of a file that holds none. */
export function ChosenArray({ model, file, onMessage }: ChosenArrayProps): VNode {
  const position = model.position.value;
  const array = file.arrays.at(position);
  if (position < 0 || !array) return <section class="inspector-view" aria-label={t('View')} />;
  return (
    <section class="inspector-view" aria-label={t('View')}>
      <div class="inspector-view-main">
        <ArrayView
          client={model.client}
          file={file}
          position={position}
          choices={model.view}
          onExact={model.sketches.learn}
          onMessage={onMessage}
        />
      </div>
      {array.metadata.length > 0 && (
        <details key={position} class="inspector-attributes">
          <summary>{t('Attributes ({0})', counted(array.metadata.length))}</summary>
          <MetadataView
            label={t('Attributes of {0}', cutName(array.name))}
            nodes={array.metadata}
            onMessage={onMessage}
          />
        </details>
      )}
    </section>
  );
}
