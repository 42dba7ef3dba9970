import type { VNode } from 'preact';
import { IconButton } from '../controls';
import { Icon } from '../icons';
import { t } from '../l10n';
import { prefersReducedMotion } from '../motion';
import { usePlayer, type PlayerProps } from '../player';

/** Time a tap stays while playing, in milliseconds. */
const TAP_TIME = 350;

/** Plays the taps of col2im: how the picture accumulates. */
export function TapPlayer(props: PlayerProps): VNode | null {
  const [playing, toggle] = usePlayer(props, TAP_TIME);
  if (prefersReducedMotion()) return null;
  return (
    <IconButton
      icon={<Icon name={playing ? 'pause' : 'play'} />}
      label={playing ? t('Pause') : t('Play tap by tap')}
      pressed={playing}
      onClick={toggle}
    />
  );
}
