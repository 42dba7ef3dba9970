import type { VNode } from 'preact';
import { t } from '../l10n';
import { FailedPage, LoadingPage } from '../PageMessage';
import { Network } from './Network';
import type { NetworkModel } from './networkModel';

/** The whole page: the session on show, or why there is none. */
export function NetworkApp({ model }: { model: NetworkModel }): VNode {
  const phase = model.phase.value;
  const state = model.state.value;
  if (phase.kind === 'failed') {
    return (
      <FailedPage
        title={t('The network could not be started')}
        reason={phase.reason}
        onRetry={() => void model.load()}
      />
    );
  }
  return state ? <Network model={model} state={state} /> : <LoadingPage text={t('Reading the network…')} />;
}
