import type { VNode } from 'preact';

/** Outlines on a 16×16 grid. */
const PATHS = {
  first: 'M3 3v10M13 3 6 8l7 5z',
  previous: 'M11 3 4 8l7 5z',
  next: 'M5 3l7 5-7 5z',
  last: 'M13 3v10M3 3l7 5-7 5z',
  play: 'M4 2.5 13 8l-9 5.5z',
  pause: 'M5.5 3v10M10.5 3v10',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  table: 'M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 3v10',
  back: 'M9 3 4 8l5 5M4 8h9',
  chevron: 'M6 4l4 4-4 4',
  list: 'M2 4h1M2 8h1M2 12h1M6 4h8M6 8h8M6 12h8',
  warning: 'M8 2.5 14 13.5H2zM8 7v3M8 11.8h.01',
  tree: 'M3 3h4M5 3v10h3M5 8h3M10 8h4M10 13h4',
  swap: 'M4 5h9M10 2l3 3-3 3M12 11H3M6 8l-3 3 3 3',
  flipRows: 'M8 2v12M5 5l3-3 3 3M5 11l3 3 3-3',
  flipColumns: 'M2 8h12M5 5 2 8l3 3M11 5l3 3-3 3',
  check: 'M3 8.5 6.5 12 13 4.5',
  notYet: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  breakpoint: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  here: 'M2 5h6V2l6 6-6 6v-3H2z',
  continue: 'M3 3v10M6 3l8 5-8 5z',
  reverseContinue: 'M13 3v10M10 3 2 8l8 5z',
  stepOver: 'M2 8.5a6 5.5 0 0 1 11.5-1M13.8 3.5v4.2H9.6M8 12.6h.01',
  stepBack: 'M14 8.5a6 5.5 0 0 0-11.5-1M2.2 3.5v4.2h4.2M8 12.6h.01',
  stepInto: 'M8 1.5v7.5M4.5 6 8 9.5 11.5 6M8 13.2h.01',
  stepOut: 'M8 10V2M4.5 5 8 1.5 11.5 5M8 13.2h.01',
  restart: 'M13 8a5 5 0 1 1-1.6-3.7M11.8 1.5v3.2H8.6',
  goToFile: 'M9 2H3v12h10V6zM9 2v4h4M6 9.5h4M6 11.8h2.5',
  palette: 'M2 5h12M2 8h12M2 11h12M5 3.5v3M11 6.5v3M7 9.5v3',
} as const;

export type IconName = keyof typeof PATHS;

/** A small line drawing in the colour of the text. The control around it carries the name. */
export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }): VNode {
  return (
    <svg
      class={filled ? 'icon icon-filled' : 'icon'}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
