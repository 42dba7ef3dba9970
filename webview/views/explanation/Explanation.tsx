import type { VNode } from 'preact';
import { useSignal } from '@preact/signals';
import { Button } from '../../controls';
import { brief, exact } from '../../draw/format';
import { t } from '../../l10n';
import type { CellReference } from '../../model/cell';
import type { RunModel } from '../../model/runModel';
import { arithmetic, PAD, type Part } from './arithmetic';
import { CellLink, type CellLinks } from './CellLink';
import { flowsTo } from './flowsTo';
import { TermTable } from './TermTable';

export interface ExplanationProps {
  readonly model: RunModel;
  /** How many of the terms have been added so far, where the cell is gone through term by term. */
  readonly added?: number;
}

/** How a cell got its value, as arithmetic in the colours of the arrays. */
export function Explanation({ model, added }: ExplanationProps): VNode {
  const showsTerms = useSignal(false);
  const { value: explanation, error } = model.explanation.value;
  const pinned = model.pinned.value;
  if (error !== undefined) return <p class="problem">{error}</p>;
  if (!explanation) return <p class="muted">{t('Point at a cell to see how it got its value.')}</p>;

  const { cell, termCount } = explanation;
  const { dtype } = model.array(cell.array);
  const lines = arithmetic(explanation, {
    short: value => brief(value, 3),
    full: value => exact(value, dtype),
    shapeOf: name => model.array(name).shape,
  });
  const isAdding = added !== undefined && termCount > 1;
  const next = flowsTo(model.run, model.links.value, cell.array);
  const select = (target: CellReference): void => {
    model.unpin();
    model.pin(target);
  };
  return (
    <div class="explanation">
      {(isAdding && added < termCount ? lines.slice(0, 1) : lines).map((line, i) => (
        <p key={i} class="explanation-line">
          {line.map((part, j) => (
            <PartText key={j} part={part} model={model} onSelect={select} />
          ))}
        </p>
      ))}
      {isAdding && (
        <>
          <p class="explanation-line muted">{t('term {0} of {1}', added, termCount)}</p>
          <TermTable explanation={explanation} model={model} onSelect={select} added={added} />
        </>
      )}
      <div class="explanation-actions">
        {next && (
          <span class="muted">
            {t('flows on to')} <CellLink cell={next} model={model} onSelect={select} />
          </span>
        )}
        {termCount > 1 && !isAdding && (
          <Button expanded={showsTerms.value} onClick={() => (showsTerms.value = !showsTerms.value)}>
            {showsTerms.value ? t('Hide the terms') : t('All {0} terms', termCount)}
          </Button>
        )}
        {pinned ? (
          <Button
            onClick={() => model.unpin()}
            title={t('Let the selection follow the pointer again (Escape)')}
          >
            {t('Unpin')}
          </Button>
        ) : (
          <span class="muted">{t('Click a cell to pin it.')}</span>
        )}
      </div>
      {showsTerms.value && termCount > 1 && !isAdding && (
        <TermTable explanation={explanation} model={model} onSelect={select} />
      )}
    </div>
  );
}

function PartText({ part, ...links }: CellLinks & { part: Part }): VNode {
  const { text, array, cell, strong } = part;
  const role = array === undefined || array === PAD ? undefined : links.model.array(array).role;
  const weight = strong ? ' strong' : '';
  if (cell) return <CellLink cell={cell} text={text} className={weight} {...links} />;
  if (array === PAD) return <span class={`muted${weight}`}>{text}</span>;
  return role ? (
    <span class={`ink${weight}`} data-role={role}>
      {text}
    </span>
  ) : (
    <>{text}</>
  );
}
