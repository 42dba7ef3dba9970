import type { Frame, Locator } from 'playwright-core';
import { closeEditors, sharedWindow } from './window';

/** What the panel's statistics say of an array. */
export interface ShownStatistics {
  readonly array: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
}

/** The panel of a network as a user, or a screen reader, finds it. */
export interface NetworkView {
  readonly frame: Frame;
  /** The row of a layer in the list. */
  row(layer: string): Locator;
  /** Names of the layers that are said to have run. */
  ran(): Promise<string[]>;
  button(name: string): Locator;
  /** Where the session stands: `conv1 › im2col`. */
  place(): Promise<string>;
  /** Why it stands there, as the page says it; empty where it says nothing. */
  reason(): Promise<string>;
  /** The arithmetic of the selected cell. */
  explanation(): Promise<string>;
  statistics(): Promise<ShownStatistics>;
  region(name: string): Locator;
}

/** Runs a network of the workspace by the command; its panel and its source are then the only editors. */
export async function openNetwork(file: string, backward = false): Promise<NetworkView> {
  await closeEditors();
  const window = await sharedWindow();
  window.execute('cnnInspector.runNetwork', { file, backward });
  return createNetworkView(await window.panel());
}

export function createNetworkView(frame: Frame): NetworkView {
  const main = frame.locator('main.network');
  const region = (name: string): Locator => main.getByRole('region', { name, exact: true });
  const rows = main.getByRole('treegrid', { name: 'Layers' }).locator('[data-row]');
  return {
    frame,
    row: layer => rows.filter({ has: frame.locator('.tree-label', { hasText: new RegExp(`^${layer}$`) }) }),
    ran: () =>
      rows
        .filter({ has: frame.getByLabel(/^has run/) })
        .locator('.tree-label')
        .allInnerTexts(),
    button: name => main.getByRole('button', { name, exact: true }),
    place: async () => (await main.locator('.position-path > *').allInnerTexts()).join(' › '),
    reason: async () => (await main.locator('.position-reason').allInnerTexts()).join(),
    explanation: () => region('Where the selected cell came from').innerText(),
    async statistics() {
      const card = region('Statistics');
      const [extremes, spread] = await card.locator('dd').allInnerTexts();
      const [min, max] = numbersIn(extremes);
      const [mean, std] = numbersIn(spread);
      return { array: await card.locator('.statistics-head strong').innerText(), min, max, mean, std };
    },
    region,
  };
}

/** `−0.53572 ± 132.83` as numbers; the minus is not ASCII's. */
export function numbersIn(text: string): number[] {
  return (text.replaceAll('−', '-').match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);
}
