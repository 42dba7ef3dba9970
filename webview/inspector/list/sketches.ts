import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { CancelledError, messageOf } from '../../../engine';
import type { Answer } from '../../model/answer';
import type { ArraySketch } from '../../protocol';

/** Sketches of the arrays in view: asked for once the list rests, a few at a time, and kept. */
export interface Sketches {
  of: (name: string) => ReadonlySignal<Answer<ArraySketch>>;
  /** Says which arrays are in view; what was asked for others is cancelled. */
  want: (names: readonly string[]) => void;
  /** Takes what has been found out elsewhere in place of a sketch. */
  learn: (name: string, sketch: ArraySketch) => void;
  /** Of these arrays the values have changed. */
  forget: (names: Iterable<string>) => void;
}

/** Time without a change of what is in view before anything is asked, in milliseconds. */
const REST = 120;
const MOST_AT_ONCE = 3;
/** Sketches kept; a screen shows about 40. */
const MOST_KEPT = 5000;

export function createSketches(ask: (name: string, signal: AbortSignal) => Promise<ArraySketch>): Sketches {
  const answers = new Map<string, Signal<Answer<ArraySketch>>>();
  const running = new Map<string, AbortController>();
  let inView: readonly string[] = [];
  /** Those in view once the list rests, none before. */
  let wanted: readonly string[] = [];
  let rest: ReturnType<typeof setTimeout> | undefined;

  const answer = (name: string): Signal<Answer<ArraySketch>> => {
    let known = answers.get(name);
    if (!known) {
      known = signal({});
      answers.set(name, known);
      const oldest = answers.keys().next();
      if (answers.size > MOST_KEPT && !oldest.done) answers.delete(oldest.value);
    }
    return known;
  };
  const isOpen = (name: string): boolean => {
    const { value, error } = answer(name).peek();
    return value === undefined && error === undefined && !running.has(name);
  };
  const run = async (name: string): Promise<void> => {
    const controller = new AbortController();
    running.set(name, controller);
    try {
      answer(name).value = { value: await ask(name, controller.signal) };
    } catch (error) {
      if (!(error instanceof CancelledError)) answer(name).value = { error: messageOf(error) };
    }
    if (running.get(name) === controller) running.delete(name);
    askNext();
  };
  const askNext = (): void => {
    for (const name of wanted) {
      if (running.size >= MOST_AT_ONCE) return;
      if (isOpen(name)) void run(name);
    }
  };
  const cancel = (name: string): void => {
    running.get(name)?.abort();
    running.delete(name);
  };
  const askAfterRest = (): void => {
    wanted = [];
    clearTimeout(rest);
    rest = setTimeout(() => {
      wanted = inView;
      askNext();
    }, REST);
  };

  return {
    of: answer,
    want(names) {
      inView = names;
      for (const name of running.keys()) if (!names.includes(name)) cancel(name);
      askAfterRest();
    },
    learn(name, sketch) {
      cancel(name);
      answer(name).value = { value: sketch };
    },
    forget(names) {
      for (const name of names) {
        cancel(name);
        const known = answers.get(name);
        if (known) known.value = {};
      }
      askAfterRest();
    },
  };
}
