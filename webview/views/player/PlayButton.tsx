import type { VNode } from 'preact';
import { IconButton } from '../../controls';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import { prefersReducedMotion } from '../../motion';
import { usePlayer, type PlayerProps } from '../../player';

/** Time a position stays while playing, in milliseconds. */
const STEP_TIME = 350;

export interface PlayButtonProps extends PlayerProps {
  /** What playing does. */
  readonly label: string;
}

/** Plays through positions; nothing where the user asked for less motion. */
export function PlayButton({ label, ...props }: PlayButtonProps): VNode | null {
  const [playing, toggle] = usePlayer(props, STEP_TIME);
  if (prefersReducedMotion()) return null;
  return (
    <IconButton
      icon={<Icon name={playing ? 'pause' : 'play'} />}
      label={playing ? t('Pause') : label}
      pressed={playing}
      onClick={toggle}
    />
  );
}
