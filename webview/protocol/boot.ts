/** Translations by English key, as `vscode.l10n.bundle` has them. */
export type L10nBundle = Readonly<Record<string, string | { message: string; comment: string[] }>>;

/**
 * What the webview needs before it can draw its first word. The host's HTML carries it as JSON:
 *
 *     <div id="root"></div>
 *     <script type="application/json" id="boot" nonce="…">{"l10n":{…}}</script>
 *     <script nonce="…" src="…/layerPage.js"></script>
 *
 * with every `<` written as `\u003c`. The `lang` attribute of `<html>` names the display language. What the user
 * had chosen before a reload (`PanelState`) is not in here: it comes from the webview's own `getState`.
 * Once the first result is painted, `document.body.dataset.ready` is `'true'`.
 */
export interface BootData {
  /** Left out where the display language is English. */
  readonly l10n?: L10nBundle;
}

/** Ids of the two elements above. */
export const ROOT_ID = 'root';
export const BOOT_ID = 'boot';
