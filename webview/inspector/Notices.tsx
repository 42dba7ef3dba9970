import type { VNode } from 'preact';
import { t } from '../l10n';
import type { TensorFileSummary } from '../protocol';
import { counted, cutName } from './words';

/** Notes shown; a damaged file may have one for each of thousands of arrays. */
const MOST_NOTES = 100;

export interface NoticesProps {
  readonly file: TensorFileSummary;
  readonly lost: string | undefined;
  readonly changed: ReadonlySet<string>;
  readonly changedSomehow: boolean;
}

/** What the user should know of the file besides its arrays: parts left out, changes on disk. */
export function Notices({ file: { notes }, lost, changed, changedSomehow }: NoticesProps): VNode {
  return (
    <>
      {lost !== undefined && (
        <p class="problem inspector-notice" role="alert">
          {t('The file on disk can no longer be read; what was read before stays on show. {0}', lost)}
        </p>
      )}
      {lost === undefined && changed.size > 0 && (
        <p class="notice inspector-notice" role="status">
          {changed.size === 1
            ? t('The file changed: {0} is different now.', cutName([...changed][0]))
            : t('The file changed: {0} arrays are different now, marked in the list.', counted(changed.size))}
        </p>
      )}
      {lost === undefined && changedSomehow && (
        <p class="notice inspector-notice" role="status">
          {t('The file changed just after it was opened: which of its values are different is not known.')}
        </p>
      )}
      {notes.length === 1 && (
        <p class="notice inspector-notice">
          <NoteText {...notes[0]} />
        </p>
      )}
      {notes.length > 1 && (
        <details class="notice inspector-notice">
          <summary>{t('{0} notes on the file', counted(notes.length))}</summary>
          <ul>
            {notes.slice(0, MOST_NOTES).map((note, i) => (
              <li key={i}>
                <NoteText {...note} />
              </li>
            ))}
            {notes.length > MOST_NOTES && <li>{t('and {0} more', counted(notes.length - MOST_NOTES))}</li>}
          </ul>
        </details>
      )}
    </>
  );
}

/** What is to be said of a part of the file, or of all of it. */
function NoteText({ name, reason }: TensorFileSummary['notes'][number]): VNode {
  return (
    <>
      {name && (
        <>
          <code>{cutName(name)}</code>:{' '}
        </>
      )}
      {reason}
    </>
  );
}
