import type { VNode } from 'preact';
import { Button } from '../controls';
import { t } from '../l10n';
import type { PanelModel } from '../model/panelModel';
import { Panel } from './Panel';

/** The whole page: the run on show, or why there is none. */
export function App({ panel }: { panel: PanelModel }): VNode {
  const phase = panel.phase.value;
  switch (phase.kind) {
    case 'loading':
      return (
        <main class="page-message">
          <span class="progress" aria-hidden="true" />
          <p role="status">{t('Running the layer…')}</p>
        </main>
      );
    case 'failed':
      return (
        <main class="page-message">
          <h1>{t('The layer could not be run')}</h1>
          <p role="alert">{phase.reason}</p>
          <Button kind="primary" onClick={() => void panel.load()}>
            {t('Try again')}
          </Button>
        </main>
      );
    case 'shown':
      return <Panel panel={panel} model={phase.model} />;
  }
}
