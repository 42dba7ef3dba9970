import { signal, type Signal } from '@preact/signals';
import type { PanelState } from '../protocol';
import type { CellReference } from './cell';
import { DEFAULT_COLOURS, type ColourTable } from './colours';
import type { Positions } from './positions';

/** How col is laid out: a matrix standing or lying, or the six axes cut into pictures in one of two ways. */
export type ColView = 'rows' | 'columns' | 'taps' | 'windows';

/** What a user has chosen of how things are shown; it outlives a run. */
export interface ViewSettings {
  readonly colours: Signal<ColourTable>;
  readonly colView: Signal<ColView>;
  /** Arrays shown as tables of numbers. */
  readonly tables: Signal<ReadonlySet<string>>;
  /** Arrays of which one map is shown large. */
  readonly enlarged: Signal<ReadonlySet<string>>;
}

/** {@link ViewSettings} as they are kept. */
export interface KeptSettings {
  readonly colours: ColourTable;
  readonly colView: ColView;
  readonly tables: readonly string[];
  readonly enlarged: readonly string[];
}

/** {@link PanelState} and what only the webview cares about. */
export interface SavedState extends PanelState, KeptSettings {
  readonly positions: Positions;
  readonly pinned?: CellReference;
}

/** @param saved what was kept of an earlier session, by this or an older version */
export function createViewSettings(saved: Partial<KeptSettings> = {}): ViewSettings {
  return {
    colours: signal({ ...DEFAULT_COLOURS, ...saved.colours }),
    colView: signal(saved.colView ?? 'rows'),
    tables: signal(new Set(saved.tables)),
    enlarged: signal(new Set(saved.enlarged)),
  };
}

export function keptSettings({ colours, colView, tables, enlarged }: ViewSettings): KeptSettings {
  return {
    colours: colours.value,
    colView: colView.value,
    tables: [...tables.value],
    enlarged: [...enlarged.value],
  };
}

/** `set` with `name` in it or not. */
export function withName(set: ReadonlySet<string>, name: string, included: boolean): ReadonlySet<string> {
  const names = new Set(set);
  if (included) names.add(name);
  else names.delete(name);
  return names;
}
