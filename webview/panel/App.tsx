import type { VNode } from 'preact';
import { t } from '../l10n';
import type { PanelModel } from '../model/panelModel';
import { FailedPage, LoadingPage } from '../PageMessage';
import { Panel } from './Panel';

/** The whole page: the run on show, or why there is none. */
export function App({ panel }: { panel: PanelModel }): VNode {
  const phase = panel.phase.value;
  switch (phase.kind) {
    case 'loading':
      return <LoadingPage text={t('Running the layer…')} />;
    case 'failed':
      return (
        <FailedPage
          title={t('The layer could not be run')}
          reason={phase.reason}
          onRetry={() => void panel.load()}
        />
      );
    case 'shown':
      return <Panel panel={panel} model={phase.model} />;
  }
}
