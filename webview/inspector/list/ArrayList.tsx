import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { formatBytes } from '../../../engine';
import { IconButton, SearchField } from '../../controls';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import type { InspectorModel } from '../inspectorModel';
import { isCommand, useKeys } from '../../useKeys';
import { arraysText, counted, valuesText } from '../words';
import { ArrayTree } from './ArrayTree';

export interface ArrayListProps {
  readonly model: InspectorModel;
  onMessage: (text: string) => void;
}

/** The file's arrays, a field that narrows them down, and what they come to. */
export function ArrayList({ model, onMessage }: ArrayListProps): VNode {
  const { list, phase } = model;
  const field = useRef<HTMLInputElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  // Ctrl+F finds what there is to find on the page.
  useKeys((event, typing) => {
    if (!isCommand(event, 'F') && (typing || event.key !== '/')) return false;
    field.current?.focus();
    field.current?.select();
    return true;
  });
  const { arrays, elements, byteLength } = list.arranged.value;
  const all = phase.value.kind === 'shown' ? phase.value.file.arrays.length : 0;
  if (all === 0) return <p class="muted inspector-empty">{t('The file holds no arrays.')}</p>;
  return (
    <div class="array-list" ref={tree}>
      <div class="array-list-head">
        <SearchField
          label={t('Filter by name, shape or type')}
          title={t('Filter by name, shape or type (key /)')}
          value={list.filter.value}
          field={field}
          onInput={typed => (list.filter.value = typed)}
          onKeyDown={event => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            tree.current?.querySelector<HTMLElement>('[role=treegrid]')?.focus();
            event.preventDefault();
          }}
        />
        {list.hasFolders.value && (
          <IconButton
            icon={<Icon name="tree" />}
            label={t('Folders by the parts of the names')}
            pressed={!list.flat.value}
            onClick={() => (list.flat.value = !list.flat.value)}
          />
        )}
      </div>
      <ArrayTree model={model} onMessage={onMessage} />
      <p class="array-list-totals muted" role="status">
        {list.filter.value === '' ? arraysText(arrays) : t('{0} of {1}', counted(arrays), arraysText(all))}
        {' · '}
        {valuesText(elements)}
        {' · '}
        {formatBytes(byteLength)}
      </p>
    </div>
  );
}
