import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { CancelledError, messageOf, sizeOf, wholeRegion, type Shape } from '../../../engine';
import { LARGE_ARRAY } from '../../protocol';
import type { KnownValues } from '../../views/statistics/Numbers';
import type { InspectorClient } from '../client';

/** What is known of the values of an array. */
export interface ArrayValues {
  readonly values?: KnownValues;
  /** Elements that `values` are of, where these are a sample. */
  readonly sample?: number;
  /** How much of the work of exact statistics is done, 0 to 1, while they are being computed. */
  readonly progress?: number;
  readonly error?: string;
}

/** The statistics of the arrays of a file. */
export interface ValuesModel {
  /** Asks for what is not known yet: the statistics of a small array, a sample of a large one. */
  of(id: string, shape: Shape): ReadonlySignal<ArrayValues>;
  /** Asks for the exact statistics of a large array. */
  compute(id: string, shape: Shape): void;
  /** Stops what `compute` began. */
  cancel(id: string): void;
  dispose(): void;
}

export function createValuesModel(client: InspectorClient): ValuesModel {
  const known = new Map<string, Signal<ArrayValues>>();
  const computing = new Map<string, AbortController>();
  const underWay = new Map<number, Signal<ArrayValues>>();
  const disposal = new AbortController();
  let next = 0;

  client.on('array/progress', ({ progress, fraction }) => {
    const answer = underWay.get(progress);
    if (answer) answer.value = { ...answer.peek(), progress: fraction };
  });

  const entry = (id: string): Signal<ArrayValues> => {
    let answer = known.get(id);
    if (!answer) known.set(id, (answer = signal<ArrayValues>({})));
    return answer;
  };

  const fill = async (answer: Signal<ArrayValues>, work: () => Promise<ArrayValues>): Promise<void> => {
    try {
      answer.value = await work();
    } catch (error) {
      const before = { values: answer.peek().values, sample: answer.peek().sample };
      if (error instanceof CancelledError) answer.value = before;
      else answer.value = { ...before, error: messageOf(error) };
    }
  };

  const exact = async (
    id: string,
    shape: Shape,
    signal: AbortSignal,
    progress?: number,
  ): Promise<ArrayValues> => ({
    values: await client.request('array/stats', { array: id, region: wholeRegion(shape), progress }, signal),
  });

  const sample = async (id: string): Promise<ArrayValues> => {
    const { seen, ...values } = await client.request('array/sketch', { array: id }, disposal.signal);
    return { values: { ...values, count: seen }, sample: seen };
  };

  return {
    of(id, shape) {
      if (known.has(id)) return entry(id);
      const answer = entry(id);
      const isLarge = sizeOf(shape) > LARGE_ARRAY;
      void fill(answer, () => (isLarge ? sample(id) : exact(id, shape, disposal.signal))).then(async () => {
        // Without statistics, a sample at least gives the picture its range.
        const { values, error } = answer.peek();
        if (!isLarge && !values && error !== undefined)
          await fill(answer, async () => ({ ...(await sample(id)), error }));
      });
      return answer;
    },
    compute(id, shape) {
      if (computing.has(id)) return;
      const answer = entry(id);
      const controller = new AbortController();
      const progress = next++;
      computing.set(id, controller);
      underWay.set(progress, answer);
      answer.value = { ...answer.peek(), progress: 0, error: undefined };
      void fill(answer, () => exact(id, shape, controller.signal, progress)).then(() => {
        computing.delete(id);
        underWay.delete(progress);
      });
    },
    cancel: id => computing.get(id)?.abort(),
    dispose() {
      disposal.abort();
      for (const controller of computing.values()) controller.abort();
    },
  };
}
