/** The webview in view: an iframe in an iframe. @param {import('playwright-core').Page} page */
export function webviewIn(page) {
  return page.frameLocator('iframe.webview:visible').frameLocator('iframe');
}

/**
 * The page of the extension's panel in view, once its first result is painted.
 * @param {import('playwright-core').Page} page
 * @param {{ timeout?: number }} [options] milliseconds
 */
export async function readyPanel(page, { timeout = 15_000 } = {}) {
  const body = await webviewIn(page).locator('body[data-ready="true"]').elementHandle({ timeout });
  const frame = await body.ownerFrame();
  if (!frame) throw new Error('The panel was closed while it was waited for.');
  return frame;
}
