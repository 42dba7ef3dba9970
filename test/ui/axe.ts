import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe-core finds wrong in a page, each with the elements concerned; empty when all is well. */
export async function accessibilityViolations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source); // the panel's content security policy lets no script tag in
  const { violations } = await frame.evaluate(() => axe.run());
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html).join(' ')}`);
}
