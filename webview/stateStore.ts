import { effect } from '@preact/signals';

/** Where a reload of the window finds what was on show. */
export interface StateStore<State> {
  /** What was kept of an earlier session, by this or an older version. */
  readonly saved: Partial<State> | undefined;
  save: (state: State) => void;
}

/** Time without a change before the state is saved, in milliseconds; shorter than it takes to leave the tab. */
const SAVE_DELAY = 30;

/** Saves the state whenever a signal it is made of changes. @param read nothing while there is nothing to keep */
export function saveChanges<State>(store: StateStore<State>, read: () => State | undefined): void {
  effect(() => {
    const state = read();
    if (state === undefined) return;
    const timer = setTimeout(() => store.save(state), SAVE_DELAY);
    return () => clearTimeout(timer);
  });
}
