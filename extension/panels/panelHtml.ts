import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { BOOT_ID, ROOT_ID, type BootData } from '../../webview/protocol';

/** The folder that a panel may load from. */
export function resourceRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist');
}

/**
 * The page around a webview's script. Nothing but our own script and style sheet may run or load.
 * @param page base name of the two, in {@link resourceRoot}
 */
export function panelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: 'layerPage' | 'networkPage' | 'tensorFilePage',
  boot: BootData,
): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(resourceRoot(extensionUri), file)).toString();
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data: blob:`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  // The toolkit puts csp-nonce on the style element by which it asks the browser about :focus-visible.
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta property="csp-nonce" content="${nonce}">
  <link rel="stylesheet" href="${resource(`${page}.css`)}">
  <title>CNN Tensor Inspector</title>
</head>
<body>
  <div id="${ROOT_ID}"></div>
  <script type="application/json" id="${BOOT_ID}" nonce="${nonce}">${inlineJson(boot)}</script>
  <script type="module" nonce="${nonce}" src="${resource(`${page}.js`)}"></script>
</body>
</html>`;
}

/** JSON that cannot end the script element it stands in. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
