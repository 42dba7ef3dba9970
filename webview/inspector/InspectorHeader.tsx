import type { VNode } from 'preact';
import { formatBytes } from '../../engine';
import { IconButton } from '../controls';
import { Icon } from '../icons';
import { t } from '../l10n';
import type { TensorFileSummary } from '../protocol';
import { KeysHelp } from './KeysHelp';

export interface InspectorHeaderProps {
  readonly file: TensorFileSummary;
  readonly listShown: boolean;
  onToggleList: () => void;
}

/** Which file is on show. */
export function InspectorHeader({ file, listShown, onToggleList }: InspectorHeaderProps): VNode {
  return (
    <header class="inspector-head">
      <IconButton
        icon={<Icon name="list" />}
        label={listShown ? t('Hide the list') : t('Show the list')}
        pressed={listShown}
        onClick={onToggleList}
      />
      <h1 title={file.file}>{file.file}</h1>
      <p class="muted">
        {file.format} · {formatBytes(file.size)}
      </p>
      <KeysHelp />
    </header>
  );
}
