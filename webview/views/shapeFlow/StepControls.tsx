import type { VNode } from 'preact';
import { IconButton } from '../../controls';
import { Icon, type IconName } from '../../icons';
import { t } from '../../l10n';
import { prefersReducedMotion } from '../../motion';
import { usePlayer, type PlayerProps } from '../../player';

/** Time a step stays while playing, in milliseconds. */
const STEP_TIME = 1600;

/** ⏮ ◀ 3 / 8 ▶ ⏭ ▷ */
export function StepControls(props: PlayerProps): VNode {
  const { value, count, onChange } = props;
  const [playing, toggle] = usePlayer(props, STEP_TIME);
  const last = count - 1;
  const button = (icon: IconName, label: string, target: number, disabled: boolean): VNode => (
    <IconButton
      icon={<Icon name={icon} filled />}
      label={label}
      disabled={disabled}
      onClick={() => onChange(target)}
    />
  );
  return (
    <div class="step-controls" role="group" aria-label={t('Steps')}>
      {button('first', t('First step (Home)'), 0, value === 0)}
      {button('previous', t('Previous step (←)'), value - 1, value === 0)}
      <span class="step-count">{t('{0} / {1}', value + 1, count)}</span>
      {button('next', t('Next step (→)'), value + 1, value === last)}
      {button('last', t('Last step (End)'), last, value === last)}
      {!prefersReducedMotion() && (
        <IconButton
          icon={<Icon name={playing ? 'pause' : 'play'} />}
          label={playing ? t('Pause') : t('Play the steps')}
          pressed={playing}
          onClick={toggle}
        />
      )}
    </div>
  );
}
