import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { t } from '../l10n';
import type { PanelModel } from '../model/panelModel';
import type { LayerRun } from '../model/layerRun';
import { Toast } from '../Toast';
import { Explanation } from '../views/explanation/Explanation';
import { flowRows } from '../views/shapeFlow/flowRows';
import { ShapeFlow } from '../views/shapeFlow/ShapeFlow';
import { StepControls } from '../views/shapeFlow/StepControls';
import { stepText } from '../views/shapeFlow/stepText';
import { WhatIf } from '../views/whatIf/WhatIf';
import { CellStatistics } from './CellStatistics';
import { Header } from './Header';
import { panelKey } from './keys';
import { StepPictures } from './StepPictures';

/** A run: what it is, its steps, the pictures of one of them, and the arithmetic of one cell. */
export function Panel({ panel, model }: { panel: PanelModel; model: LayerRun }): VNode {
  const asksWhatIf = useSignal(false);
  const message = useSignal('');
  const { run, cursor } = model;
  const rows = useMemo(() => flowRows(run), [run]);
  const step = run.steps[cursor.value];
  const text = useMemo(() => stepText(step, run), [step, run]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => panelKey(event, model);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [model]);

  const go = (target: number): void => void (cursor.value = target);
  const shapeOf = (name: string): readonly number[] => model.array(name).shape;
  return (
    <main class="panel">
      <Header
        run={run}
        busy={panel.busy.value}
        asksWhatIf={asksWhatIf.value}
        onWhatIf={() => (asksWhatIf.value = !asksWhatIf.value)}
        onAgain={() => void panel.again()}
      />
      {[...panel.changedFiles.value].map(([file, change]) => (
        <p key={file} class="notice" role="status">
          {change === 'deleted'
            ? t('{0} was deleted; what is shown here was read before.', file)
            : t('{0} changed on disk; Run Again shows it as it is now.', file)}
        </p>
      ))}
      {asksWhatIf.value ? (
        <WhatIf
          request={run.request}
          xShape={shapeOf('x')}
          wShape={shapeOf('W')}
          refusal={panel.refusal.value}
          onChange={request => void panel.change(request)}
        />
      ) : (
        panel.refusal.value !== undefined && (
          <p class="problem" role="alert">
            {panel.refusal.value}
          </p>
        )
      )}
      <section class="card steps" aria-label={t('Steps')}>
        <ShapeFlow rows={rows} cursor={cursor.value} onGo={go} />
        <StepControls value={cursor.value} count={run.steps.length} onChange={go} />
        <div class="step-text" aria-live="polite">
          <p>{text.sentence}</p>
          <p>
            {text.formulas.map(formula => (
              <code key={formula}>{formula}</code>
            ))}
          </p>
        </div>
      </section>
      <StepPictures model={model} onMessage={said => (message.value = said)} />
      <div class="cell-row">
        <section class="card" aria-label={t('Where the selected cell came from')}>
          <Explanation model={model} />
        </section>
        <section class="card" aria-label={t('Statistics')}>
          <CellStatistics model={model} />
        </section>
      </div>
      <Toast message={message} />
    </main>
  );
}
