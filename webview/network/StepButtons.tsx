import type { VNode } from 'preact';
import { Icon } from '../icons';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import type { NetworkModel } from './networkModel';
import { stepActions, type StepAction } from './steps';
import { useLasting } from './useLasting';

/** Time a movement may take before there is a button to stop it, in milliseconds. */
const PATIENCE = 250;

/** The buttons of the debug toolbar, here too: the panel steps without a debugger. */
export function StepButtons({ model, state }: { model: NetworkModel; state: ShownSession }): VNode {
  const running = useLasting(model.running.value !== undefined, PATIENCE);
  const [first, ...others] = stepActions(model, state);
  const pause: StepAction = {
    id: 'pause',
    icon: 'pause',
    text: t('Pause'),
    keys: ['F6'],
    disabled: false,
    run: () => model.pause(),
  };
  return (
    <div class="step-buttons" role="toolbar" aria-label={t('Step through the network')}>
      {[running ? pause : first, ...others].map(action => (
        <StepButton key={action.id} action={action} />
      ))}
    </div>
  );
}

function StepButton({ action }: { action: StepAction }): VNode {
  const { id, icon, text, keys, disabled, run } = action;
  const words = keys.length > 0 ? t('{0} ({1})', text, keys.map(keyText).join(', ')) : text;
  return (
    <button
      type="button"
      class="icon-button step-button"
      data-action={id}
      aria-label={text}
      aria-keyshortcuts={keys.join(' ') || undefined}
      title={words}
      disabled={disabled}
      onClick={run}
    >
      <Icon name={icon} filled={icon === 'continue' || icon === 'reverseContinue'} />
      <span class="step-button-text">{text}</span>
    </button>
  );
}

function keyText(key: string): string {
  return key.replace('ArrowRight', '→').replace('ArrowLeft', '←').replace('Control', 'Ctrl');
}
