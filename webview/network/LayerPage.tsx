import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { t } from '../l10n';
import { sameCell } from '../model/cell';
import { StepPictures } from '../panel/StepPictures';
import { CellStatistics } from '../panel/CellStatistics';
import type { ShownSession } from '../protocol';
import { Explanation } from '../views/explanation/Explanation';
import { flowRows } from '../views/shapeFlow/flowRows';
import { ShapeFlow } from '../views/shapeFlow/ShapeFlow';
import { stepText } from '../views/shapeFlow/stepText';
import { Classes } from './Classes';
import type { LayerModel } from './layerModel';
import type { NetworkModel } from './networkModel';
import { positionOf } from './positions';

export interface LayerPageProps {
  readonly model: NetworkModel;
  readonly state: ShownSession;
  readonly layer: LayerModel;
  onMessage: (text: string) => void;
}

/** The layer on show: its operations, the pictures of where the session stands, and the arithmetic of one cell. */
export function LayerPage({ model, state, layer, onMessage }: LayerPageProps): VNode {
  const { run, index } = layer;
  const step = layer.cursor.value;
  const rows = useMemo(
    () => flowRows(run).filter(({ direction }) => state.backward || direction === 'forward'),
    [run, state.backward],
  );
  const words = useMemo(() => (step === undefined ? undefined : stepText(run.steps[step], run)), [run, step]);
  const formulas = words?.formulas ?? state.layers.at(index)?.formulas ?? [];
  const position = layer.position.value;
  const cell = position?.cell;
  const added = cell && sameCell(cell, layer.explained.value) ? cell.term : undefined;
  return (
    <>
      {index >= 0 && position && (
        <section class="card steps" aria-label={t('Steps')}>
          <ShapeFlow
            rows={rows}
            cursor={step}
            onGo={target => void model.goTo(positionOf(run, index, target))}
          />
          <div class="step-text" aria-live="polite">
            {words && <p>{words.sentence}</p>}
            <p>
              {formulas.map(formula => (
                <code key={formula}>{formula}</code>
              ))}
            </p>
          </div>
        </section>
      )}
      {position && <Classes model={layer} />}
      <StepPictures model={layer} onMessage={onMessage} />
      <div class="cell-row">
        <section class="card" aria-label={t('Where the selected cell came from')}>
          <Explanation model={layer} added={added} />
        </section>
        <section class="card" aria-label={t('Statistics')}>
          <CellStatistics model={layer} />
        </section>
      </div>
    </>
  );
}
