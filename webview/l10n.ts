import * as l10n from '@vscode/l10n';
import type { L10nBundle } from './protocol';

/** Sets the translations. Must happen before the first {@link t}. */
export function configureL10n(bundle: L10nBundle | undefined): void {
  if (bundle) l10n.config({ contents: { ...bundle } });
}

/**
 * The text in the display language. The key is the English text; `{0}`, `{1}` … or `{name}` stand for the arguments.
 */
export const t = l10n.t;
