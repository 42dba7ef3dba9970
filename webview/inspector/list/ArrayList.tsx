import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatBytes } from '../../../engine';
import { IconButton, SearchField } from '../../controls';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import type { InspectorModel } from '../inspectorModel';
import { arraysText, counted, parametersText } from '../words';
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
  useFilterKeys(field);
  const { arrays, parameters, byteLength } = list.arranged.value;
  const all = phase.value.kind === 'shown' ? phase.value.file.arrays.length : 0;
  if (all === 0) return <p class="muted inspector-empty">{t('The file holds no arrays.')}</p>;
  return (
    <div class="array-list" ref={tree}>
      <div class="array-list-head">
        <SearchField
          label={t('Filter by name, shape or type')}
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
        {parametersText(parameters)}
        {' · '}
        {formatBytes(byteLength)}
      </p>
    </div>
  );
}

/** `/` and Ctrl+F put the cursor into the filter from anywhere on the page. */
function useFilterKeys(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const finds = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f';
      const types = event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
      if (!finds && (types || event.key !== '/')) return;
      field.current?.focus();
      field.current?.select();
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Elements in which `/` is text. */
const TYPED_INTO = 'input, textarea, vscode-text-field';
