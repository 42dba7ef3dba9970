import type { Frame, Locator } from 'playwright-core';

/** The panel as a user, or a screen reader, finds it. */
export interface Panel {
  readonly frame: Frame;
  /** `Conv · W (1, 1, 2, 2)`: what is run. */
  heading(): Promise<string>;
  /** The steps of the shape flow in their order, as `im2col (9, 4)`. */
  steps(): Promise<string[]>;
  /** The step shown, from 0. */
  step(): Promise<number>;
  /** What the step does, in words and formulas. */
  stepText(): Promise<string>;
  /** Shows a step by its place in the shape flow, and waits until its pictures are painted. */
  goTo(step: number): Promise<void>;
  /** Waits until every picture shows what it was asked for. */
  painted(): Promise<void>;
  /** What the panel shows of an array: its card. */
  card(array: string): Locator;
  /** The picture of an array, which takes the keys. */
  picture(array: string): Locator;
  /** The line under the picture of an array: index, names and value of a cell. */
  readout(array: string): Promise<string>;
  /** Switches between the picture of an array and its table. */
  toggleTable(array: string): Promise<void>;
  /** The numbers of an array that is shown as a table, row by row. @throws Error if the table has more than is in view */
  table(array: string): Promise<number[][]>;
  /** The arithmetic of the selected cell. */
  explanation(): Promise<string>;
  /** Chooses from a list by its label, inside a part of the panel. */
  choose(within: Locator, list: string, option: string | RegExp): Promise<void>;
  /** A part of the panel by the name that a screen reader says. */
  region(name: string): Locator;
  /** Chooses from the ⋯ menu of an array. */
  chooseFromMenu(array: string, item: string): Promise<void>;
}

export function createPanel(frame: Frame): Panel {
  const main = frame.locator('main.panel');
  const region = (name: string): Locator => main.getByRole('region', { name, exact: true });
  const chips = region('Steps').getByRole('listitem').getByRole('button');
  const card = (array: string): Locator =>
    main.locator('section').filter({ has: frame.locator(`.picture[data-array="${array}"]`) });
  const cells = async (row: Locator): Promise<number[]> =>
    (await row.getByRole('gridcell').allInnerTexts()).map(numberIn);

  const panel: Panel = {
    frame,
    heading: () => main.getByRole('heading', { level: 1 }).innerText(),
    steps: () => chips.allInnerTexts().then(all => all.map(text => text.replace(/\s+/g, ' '))),
    step: () => chips.evaluateAll(all => all.findIndex(chip => chip.getAttribute('aria-current') === 'step')),
    stepText: () => region('Steps').locator('[aria-live=polite]').innerText(),
    async goTo(step) {
      await chips.nth(step).click();
      await region('Steps').locator('[aria-current=step]').and(chips.nth(step)).waitFor();
      await panel.painted();
    },
    painted: () => frame.locator('.picture[data-state=waiting]').first().waitFor({ state: 'detached' }),
    card,
    picture: array => card(array).getByRole('application'),
    readout: array => card(array).locator('.picture-readout').innerText(),
    async toggleTable(array) {
      await card(array).getByRole('button', { name: 'as a table of numbers' }).click();
    },
    async table(array) {
      const grid = card(array).getByRole('grid');
      const rows = grid.getByRole('row').filter({ has: frame.getByRole('gridcell') });
      const numbers = await Promise.all((await rows.all()).map(cells));
      const [rowCount, columnCount] = await Promise.all(
        ['aria-rowcount', 'aria-colcount'].map(async name => Number(await grid.getAttribute(name)) - 1),
      );
      if (numbers.length !== rowCount || numbers.some(row => row.length !== columnCount))
        throw new Error(`only a part of the ${rowCount}×${columnCount} table of ${array} is in view`);
      return numbers;
    },
    explanation: () => region('Where the selected cell came from').innerText(),
    async choose(within, list, option) {
      await within.getByRole('combobox', { name: list, exact: true }).click();
      await within.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
    },
    region,
    async chooseFromMenu(array, item) {
      await card(array)
        .getByRole('button', { name: `More for ${array}`, exact: true })
        .click();
      await frame.getByRole('menuitem', { name: item }).click();
    },
  };
  return panel;
}

/** A number as the panel writes it, with the true minus sign; NaN for what is no number. */
function numberIn(text: string): number {
  return Number(text.trim().replace('−', '-') || NaN);
}
