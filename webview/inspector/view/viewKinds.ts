import { t } from '../../l10n';
import { colourAxis, drawnAxes } from './drawnAxes';
import type { ShownArray } from './shownArray';
import type { ViewName } from './viewChoices';

/** A way to look at an array. */
export interface ViewKind {
  readonly name: ViewName;
  title: () => string;
  /** How well it suits a slice; 0 where it cannot show it. The best one is shown first. */
  suits: (shown: ShownArray) => number;
}

const rankOf = ({ array }: ShownArray): number => array.shape.length;
const isPicture = ({ reading }: ShownArray): boolean => reading.layout.startsWith('image');
/** Whether all elements lie in one row or column. */
const isThin = ({ array: { shape } }: ShownArray): boolean => shape.filter(extent => extent !== 1).length < 2;

/** How many pictures of a view a slice comes to. */
function picturesOf(shown: ShownArray, view: 'plane' | 'colour'): number {
  const { heldAxes } = drawnAxes(shown, view, {});
  return heldAxes.reduce((product, axis) => product * shown.array.shape[axis], 1);
}

/** What fits what. */
const VIEW_KINDS: readonly ViewKind[] = [
  {
    name: 'number',
    title: () => t('Number'),
    suits: shown => (rankOf(shown) === 0 ? 9 : 0),
  },
  {
    name: 'colour',
    title: () => t('Colour picture'),
    suits: shown => {
      if (colourAxis(shown) === undefined) return 0;
      return isPicture(shown) && picturesOf(shown, 'colour') === 1 ? 7 : 2;
    },
  },
  {
    name: 'colourMaps',
    title: () => t('Small colour pictures'),
    suits: shown =>
      colourAxis(shown) === undefined || rankOf(shown) < 4 ? 0 : picturesOf(shown, 'colour') > 1 ? 6 : 1,
  },
  {
    name: 'maps',
    title: () => t('Small pictures'),
    suits: shown => (rankOf(shown) < 3 ? 0 : isThin(shown) || picturesOf(shown, 'plane') === 1 ? 1 : 5),
  },
  {
    name: 'plane',
    title: () => t('Heat map'),
    suits: shown => (rankOf(shown) === 0 ? 0 : rankOf(shown) > 1 && picturesOf(shown, 'plane') === 1 ? 4 : 2),
  },
  {
    name: 'line',
    title: () => t('Line'),
    suits: shown => (rankOf(shown) === 0 ? 0 : isThin(shown) ? 5 : 1),
  },
  {
    name: 'table',
    title: () => t('Numbers'),
    suits: shown => (rankOf(shown) === 0 ? 0 : 1),
  },
];

/** The views that can show a slice, the best one first. */
export function fittingViews(shown: ShownArray): ViewKind[] {
  return VIEW_KINDS.filter(({ suits }) => suits(shown) > 0).sort((a, b) => b.suits(shown) - a.suits(shown));
}

/** The view that is chosen where it can show the slice, or the best one. */
export function viewFor(shown: ShownArray, chosen: ViewName | undefined): ViewName {
  const fitting = fittingViews(shown);
  return fitting.find(({ name }) => name === chosen)?.name ?? fitting[0].name;
}
