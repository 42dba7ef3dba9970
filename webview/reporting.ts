import { messageOf } from '../engine';
import { t } from './l10n';

/** Something to do, and the words for what came of it; nothing where the user thought better of it. */
type Work = () => Promise<string | undefined>;

/** @returns makes of a piece of work what a button does: the work, and telling `onMessage` of what came of it */
export function reporting(onMessage: (text: string) => void): (work: Work) => () => void {
  return work => () => {
    work().then(
      message => message !== undefined && onMessage(message),
      (error: unknown) => onMessage(messageOf(error)),
    );
  };
}

/** What to say of a file that was written. @param place nothing where the user thought better of it */
export function savedText(place: string | undefined): string | undefined {
  return place && t('Saved {0}', place);
}
