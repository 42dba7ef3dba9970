import type { VNode } from 'preact';
import { Button } from '../controls';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import type { NetworkModel } from './networkModel';
import { useLasting } from './useLasting';

/** Time a movement may take before the page says how far it is, in milliseconds. */
const PATIENCE = 250;

/** What a user must know before anything else: what runs, what has stopped, what is another one now. */
export function Notices({ model, state }: { model: NetworkModel; state: ShownSession }): VNode {
  const { layers, stale } = state;
  const at = model.running.value?.layer;
  const isLong = useLasting(at !== undefined, PATIENCE);
  const restart = <Button onClick={() => void model.act({ kind: 'restart' })}>{t('Restart')}</Button>;
  const stopped = model.stopped.value;
  const refusal = model.refusal.value;
  return (
    <div class="network-notices">
      {isLong && at !== undefined && (
        <div class="network-running">
          <span class="progress" aria-hidden="true" />
          <p role="status">
            {at < 0
              ? t('Reading the input…')
              : t('Running {0}, layer {1} of {2}…', layers[at].name, at + 1, layers.length.toLocaleString())}
          </p>
          <Button onClick={() => model.pause()}>{t('Pause')}</Button>
        </div>
      )}
      {stopped !== undefined && (
        <div class="problem network-notice" role="alert">
          <p>{stopped}</p>
          {restart}
        </div>
      )}
      {refusal !== undefined && (
        <p class="problem" role="alert">
          {refusal}
        </p>
      )}
      {stale.length > 0 && stopped === undefined && (
        <div class="notice network-notice" role="status">
          <p>{stale.join(' ')}</p>
          {restart}
        </div>
      )}
    </div>
  );
}
