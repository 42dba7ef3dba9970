import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe-core finds wrong in a page, a line for each element; empty when all is well. */
export async function accessibilityViolations(frame: Frame): Promise<string[]> {
  const isThere = await frame.evaluate(() => 'axe' in globalThis);
  if (!isThere) await frame.evaluate(axe.source); // the panel's content security policy lets no script tag in
  return frame.evaluate(async () => {
    // A webview is transparent: without the editor's colour behind it axe would take the page for white.
    const { style } = document.documentElement;
    style.backgroundColor = 'var(--vscode-editor-background)';
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    style.backgroundColor = '';
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary ?? ''}`),
    );
  });
}
