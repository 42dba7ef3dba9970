import type { VNode } from 'preact';
import { asPad, asPair, formatShape } from '../../engine';
import { Button } from '../controls';
import { t } from '../l10n';
import type { RunSummary } from '../protocol';

export interface HeaderProps {
  readonly run: RunSummary;
  readonly busy: boolean;
  readonly asksWhatIf: boolean;
  onWhatIf: () => void;
  onAgain: () => void;
}

/** What was run on what, and what can be changed about it. */
export function Header({ run, busy, asksWhatIf, onWhatIf, onAgain }: HeaderProps): VNode {
  const { request, weights, input } = run;
  const W = run.arrays.find(({ name }) => name === 'W')!;
  const { stride = 1, pad = 0, dilation = 1, groups = 1 } = request;
  const sample = request.input.sample;
  return (
    <header class="panel-head">
      <h1>
        {t('Conv')} · {weights.name} <code>{formatShape(W.shape)}</code>
      </h1>
      <p class="panel-facts">
        <span title={weights.file}>{weights.file}</span>
        <span title={input.file}>
          x {input.file}
          {sample === undefined ? '' : ` [${sample}]`}
        </span>
        <span>{t('stride {0}', written(asPair(stride)))}</span>
        <span>{t('pad {0}', written(asPad(pad)))}</span>
        <span>{t('dilation {0}', written(asPair(dilation)))}</span>
        <span>{t('groups {0}', groups)}</span>
      </p>
      <div class="panel-actions">
        {busy && (
          <span class="muted" role="status">
            {t('running…')}
          </span>
        )}
        <Button expanded={asksWhatIf} onClick={onWhatIf}>
          {t('What if…')}
        </Button>
        <Button
          disabled={busy}
          title={t('Run the same again on the files as they are now')}
          onClick={onAgain}
        >
          {t('Run Again')}
        </Button>
      </div>
      {run.notes.length > 0 && (
        <ul class="panel-notes">
          {run.notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

/** One number where all are the same, else all: `1`, `(1, 2)`. */
function written(numbers: readonly number[]): string {
  return numbers.every(number => number === numbers[0]) ? `${numbers[0]}` : formatShape(numbers);
}
