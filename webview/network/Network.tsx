import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Button, Splitter } from '../controls';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import { Toast } from '../Toast';
import { useKeys } from '../useKeys';
import { useClientSize } from '../views/pictures/CanvasViewport';
import { LayerList } from './LayerList';
import { LayerPage } from './LayerPage';
import { Misfit } from './Misfit';
import { NetworkHeader } from './NetworkHeader';
import type { NetworkModel } from './networkModel';
import { Notices } from './Notices';
import { PositionLine } from './PositionLine';
import { shownLayer } from './positions';
import { stepKey } from './steps';

/** A page narrower than this has the list of layers above the pictures, in CSS pixels. */
const NARROW = 1000;

const LIST = 'network-layers';

/** A network that is stepped through: its layers, and where in them the session stands. */
export function Network({ model, state }: { model: NetworkModel; state: ShownSession }): VNode {
  const message = useSignal('');
  const body = useRef<HTMLDivElement>(null);
  const { width } = useClientSize(body);
  const isNarrow = width > 0 && width < NARROW;
  const split = model.split.value;
  const part = isNarrow ? split.above : split.beside;
  const { value: layer, error } = model.layer.value;
  const isHere = layer?.index === state.position.layer;

  useKeys(event => {
    if (event.key === 'Escape') layer?.unpin();
    return stepKey(event, model);
  });
  return (
    <main class="network">
      <NetworkHeader model={model} state={state} />
      <Notices model={model} state={state} />
      <div ref={body} class={isNarrow ? 'network-body is-narrow' : 'network-body'}>
        <section
          id={LIST}
          class="network-side"
          aria-label={t('Layers of the network')}
          style={{ flexBasis: `${part * 100}%` }}
        >
          <LayerList key={`${isNarrow}`} model={model} state={state} />
        </section>
        <Splitter
          label={t('Size of the list')}
          orientation={isNarrow ? 'horizontal' : 'vertical'}
          value={part}
          min={0.12}
          max={0.7}
          controls={LIST}
          onChange={moved =>
            (model.split.value = { ...model.split.peek(), [isNarrow ? 'above' : 'beside']: moved })
          }
        />
        <div class="network-main">
          <div class="network-place">
            <PositionLine model={model} state={state} layer={isHere ? layer : undefined} />
            {state.problem && layer && (
              <Misfit model={model} state={state} problem={state.problem} source={layer.name} />
            )}
            {error !== undefined && (
              <div class="problem network-notice" role="alert">
                <p>{error}</p>
                <Button onClick={() => void model.act({ kind: 'restart' })}>{t('Restart')}</Button>
              </div>
            )}
            {layer?.index === shownLayer(state) && (
              <LayerPage
                key={`${state.run} ${layer.name}`}
                model={model}
                state={state}
                layer={layer}
                onMessage={said => (message.value = said)}
              />
            )}
          </div>
        </div>
      </div>
      <Toast message={message} />
    </main>
  );
}
