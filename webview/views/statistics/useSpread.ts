import { useEffect, useState } from 'preact/hooks';
import { LINEAR, shownRange, type HistogramRange, type Scaling } from '../../../engine';
import { answerOf, type Answer } from '../../model/answer';
import type { Spread } from '../../protocol';
import type { KnownValues } from './Numbers';

/** Asks how values are spread over a range of a scaling. */
export type AskSpread = (range: HistogramRange, signal: AbortSignal) => Promise<Spread>;

/**
 * How values are spread along a scaling. Their statistics know it along a line, which is shown until the rest is there.
 * @param isSample whether the statistics are those of a sample
 */
export function useSpread(
  values: KnownValues | undefined,
  isSample: boolean,
  scaling: Scaling = LINEAR,
  ask: AskSpread,
): Answer<Spread> {
  const key = JSON.stringify(scaling);
  const [known, setKnown] = useState<{ values: KnownValues; key: string; answer: Answer<Spread> }>();
  useEffect(() => {
    if (!values || values.histogram.length === 0 || scaling.kind === 'linear') return;
    const { min, max } = shownRange(scaling, values);
    const controller = new AbortController();
    void answerOf(ask({ scaling, min, max }, controller.signal)).then(answer => {
      if (!controller.signal.aborted) setKnown({ values, key, answer });
    });
    return () => controller.abort();
  }, [values, key]);

  if (!values) return {};
  if (known?.values === values && known.key === key && scaling.kind !== 'linear') return known.answer;
  return { value: { ...values, scaling: LINEAR, outside: 0, isSample } };
}
