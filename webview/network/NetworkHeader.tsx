import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { compactShape } from '../../engine';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import type { NetworkModel } from './networkModel';
import { StepButtons } from './StepButtons';

/** What runs on what, how many samples at once, and the buttons that move the session. */
export function NetworkHeader({ model, state }: { model: NetworkModel; state: ShownSession }): VNode {
  const { network, file, input, layers, notes } = state;
  const parameters = layers.reduce((sum, { parameterCount }) => sum + parameterCount, 0);
  return (
    <header class="network-head">
      <div class="network-head-row">
        <div class="network-title">
          <h1>{network}</h1>
          <p class="panel-facts">
            <span title={file}>{file}</span>
            <span title={input.from}>{t('input {0} {1}', input.from, compactShape(input.shape))}</span>
            <span>{t('{0} layers', layers.length.toLocaleString())}</span>
            <span>{t('{0} parameters', parameters.toLocaleString())}</span>
          </p>
        </div>
        <div class="network-tools">
          <StepButtons model={model} state={state} />
          <BatchField model={model} state={state} />
        </div>
      </div>
      {notes.length > 0 && (
        <ul class="panel-notes">
          {notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

/** Samples that go through at once. Takes effect with Enter, or when the field is left. */
function BatchField({ model, state: { batch } }: { model: NetworkModel; state: ShownSession }): VNode {
  // The session tells its state while somebody types: what is typed must outlive that.
  const [typed, setTyped] = useState<string>();
  return (
    <label class="stepper batch-field" title={t('Samples that go through the network at once')}>
      <span class="stepper-label">{t('batch')}</span>
      <input
        type="number"
        min={1}
        step={1}
        value={typed ?? batch}
        onInput={event => setTyped(event.currentTarget.value)}
        onChange={event => {
          const size = event.currentTarget.valueAsNumber;
          const isOther = Number.isInteger(size) && size > 0 && size !== batch;
          const done = isOther ? model.act({ kind: 'batch', size }) : Promise.resolve();
          void done.finally(() => setTyped(undefined));
        }}
      />
    </label>
  );
}
