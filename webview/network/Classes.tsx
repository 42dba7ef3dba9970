import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Region } from '../../engine';
import { brief } from '../draw/format';
import { t } from '../l10n';
import { answerOf, type Answer } from '../model/answer';
import type { LayerModel } from './layerModel';

/** Classes that are listed at most; more are better looked at as a picture. */
const MOST_CLASSES = 20;

interface ClassValues {
  readonly probabilities: readonly number[];
  /** Of the whole batch. */
  readonly loss: number;
  /** The class that the label names. */
  readonly label: number;
}

/** What a loss thinks of one sample: the probability of each class, and which one it should be. */
export function Classes({ model }: { model: LayerModel }): VNode | null {
  const isLoss = model.has('y') && model.has('t');
  const [N, classes] = isLoss ? model.array('y').shape : [0, 0];
  const sample = Math.min(model.positions.value['n'] ?? 0, N - 1);
  const [values, setValues] = useState<Answer<ClassValues>>({});
  const isShown = isLoss && N > 0 && classes <= MOST_CLASSES;

  useEffect(() => {
    if (!isShown) return;
    const controller = new AbortController();
    void answerOf(readClasses(model, sample, classes, controller.signal)).then(answer => {
      if (!controller.signal.aborted) setValues(answer);
    });
    return () => controller.abort();
  }, [model, isShown, sample]);

  if (!isShown) return null;
  const { value, error } = values;
  if (error !== undefined) return <p class="problem">{error}</p>;
  const best = value ? value.probabilities.indexOf(Math.max(...value.probabilities)) : -1;
  return (
    <section class="card classes" aria-label={t('Classes')}>
      <table>
        <caption>
          {t('Sample {0}', sample)}
          {value && <span class="classes-loss">{t('loss of the batch {0}', brief(value.loss))}</span>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('class')}</th>
            <th scope="col">y</th>
            <th scope="col">
              <span class="visually-hidden">{t('remarks')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value?.probabilities.map((probability, i) => (
            <tr key={i} class={i === best ? 'strong' : undefined}>
              <th scope="row">{i}</th>
              <td class="number classes-value">
                <span class="classes-bar" style={{ width: `${probability * 100}%` }} />
                <span>{brief(probability)}</span>
              </td>
              <td>
                {[i === value.label && t('the label'), i === best && t('most probable')]
                  .filter(Boolean)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

async function readClasses(
  { reader, array }: LayerModel,
  sample: number,
  classes: number,
  signal: AbortSignal,
): Promise<ClassValues> {
  const one = { start: sample, count: 1, step: 1 };
  const row: Region = [one, { start: 0, count: classes, step: 1 }];
  const isOneHot = array('t').shape.length === 2;
  const [y, label, loss] = await Promise.all([
    reader.read({ array: 'y', region: row }, signal),
    reader.read({ array: 't', region: isOneHot ? row : [one] }, signal),
    reader.read({ array: 'out', region: [] }, signal),
  ]);
  const labels = Array.from(label.values);
  return {
    probabilities: Array.from(y.values),
    loss: loss.values[0],
    label: isOneHot ? labels.indexOf(Math.max(...labels)) : labels[0],
  };
}
