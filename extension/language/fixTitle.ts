import * as vscode from 'vscode';
import {
  compactShape,
  kindOf,
  spacedJson,
  type Edit,
  type Fix,
  type Insertion,
  type Network,
} from '../../engine';

/** What a fix changes, in the user's language: `set stride of conv1 to 1`. */
export function fixTitle({ changes }: Fix, network: Network): string {
  const title = changes.map(change =>
    'place' in change ? editTitle(change, network) : insertionTitle(change, network),
  );
  return title.join('; ');
}

function editTitle({ place: { layer, key }, value }: Edit, { layers }: Network): string {
  const { t } = vscode.l10n;
  if (layer === undefined) {
    if (value === undefined) return t('Remove {0}', key);
    if (key === 'input' && Array.isArray(value)) return t('Set the input shape to {0}', compactShape(value));
    return t('Set {0} to {1}', key, textOf(value));
  }
  const { name, type } = layers[layer];
  if (value === undefined) return t('Remove {0} of {1}', key, name);
  const isParameter = kindOf(type).parameters.some(({ role }) => role === key);
  if (isParameter) return t('Take {0} as {1} of {2}', textOf(value), key, name);
  return t('Set {0} of {1} to {2}', key, name, textOf(value));
}

function insertionTitle({ before, layer }: Insertion, { layers }: Network): string {
  const { t } = vscode.l10n;
  const { type, ...attributes } = layer;
  const given = Object.entries(attributes).map(([key, value]) => `${key} ${textOf(value)}`);
  const described = [String(type), ...given].join(' ');
  const next = layers.at(before);
  return next ? t('Insert {0} before {1}', described, next.name) : t('Append {0}', described);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : spacedJson(value);
}
