import type { VNode } from 'preact';
import { t } from '../l10n';
import { FailedPage, LoadingPage } from '../PageMessage';
import { Inspector } from './Inspector';
import type { InspectorModel } from './inspectorModel';
import { RawForm } from './raw/RawForm';

/** The whole page: the file on show, a question about it, or why there is nothing to show. */
export function InspectorApp({ model }: { model: InspectorModel }): VNode {
  const phase = model.phase.value;
  switch (phase.kind) {
    case 'loading':
      return <LoadingPage text={t('Opening the file…')} />;
    case 'failed':
      return (
        <FailedPage
          title={t('The file could not be opened')}
          reason={phase.reason}
          onRetry={() => void model.load()}
        />
      );
    case 'raw':
      return (
        <RawForm
          question={phase.question}
          refusal={phase.refusal}
          onAnswer={layout => void model.answerRaw(layout)}
        />
      );
    case 'shown':
      return <Inspector model={model} file={phase.file} />;
  }
}
