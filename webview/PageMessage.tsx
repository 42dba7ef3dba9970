import type { VNode } from 'preact';
import { Button } from './controls';
import { t } from './l10n';

/** A page that waits for what it is to show. @param text what is being done */
export function LoadingPage({ text }: { text: string }): VNode {
  return (
    <main class="page-message is-loading">
      <span class="progress" aria-hidden="true" />
      <p role="status">{text}</p>
    </main>
  );
}

/** A page that has nothing to show, and why. */
export function FailedPage(props: { title: string; reason: string; onRetry: () => void }): VNode {
  return (
    <main class="page-message">
      <h1>{props.title}</h1>
      <p role="alert">{props.reason}</p>
      <Button kind="primary" onClick={props.onRetry}>
        {t('Try again')}
      </Button>
    </main>
  );
}
