import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Splitter } from '../controls';
import { t } from '../l10n';
import type { TensorFileSummary } from '../protocol';
import { Toast } from '../Toast';
import { useClientSize } from '../views/pictures/CanvasViewport';
import { ChosenArray } from './ChosenArray';
import { InspectorHeader } from './InspectorHeader';
import type { InspectorModel } from './inspectorModel';
import { Notices } from './Notices';
import { Side } from './Side';

/** A page narrower than this has the list above the view, in CSS pixels. */
const NARROW = 700;

const SIDE = 'inspector-side';

/** A file: what it is, the list of what it holds, and a view of one array. */
export function Inspector({ model, file }: { model: InspectorModel; file: TensorFileSummary }): VNode {
  const message = useSignal('');
  const body = useRef<HTMLDivElement>(null);
  const { width } = useClientSize(body);
  const narrow = width > 0 && width < NARROW;
  const layout = model.layout.value;
  const listShown = layout.listShown ?? (file.arrays.length !== 1 || file.metadata.length > 0);
  const part = narrow ? layout.above : layout.beside;
  const say = (text: string): void => void (message.value = text);
  return (
    <main class="inspector">
      <InspectorHeader
        file={file}
        listShown={listShown}
        onToggleList={() => (model.layout.value = { ...layout, listShown: !listShown })}
      />
      <Notices
        file={file}
        lost={model.lost.value}
        changed={model.changed.value}
        changedSomehow={model.changedSomehow.value}
      />
      <div ref={body} class={narrow ? 'inspector-body is-narrow' : 'inspector-body'}>
        {listShown && (
          <>
            <section
              id={SIDE}
              class="inspector-side"
              aria-label={t('What the file holds')}
              style={{ flexBasis: `${part * 100}%` }}
            >
              <Side model={model} file={file} onMessage={say} />
            </section>
            <Splitter
              label={t('Size of the list')}
              orientation={narrow ? 'horizontal' : 'vertical'}
              value={part}
              min={0.15}
              max={0.85}
              controls={SIDE}
              onChange={moved =>
                (model.layout.value = { ...model.layout.peek(), [narrow ? 'above' : 'beside']: moved })
              }
            />
          </>
        )}
        <ChosenArray model={model} file={file} onMessage={say} />
      </div>
      <Toast message={message} />
    </main>
  );
}
