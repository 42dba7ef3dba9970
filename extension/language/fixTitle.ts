import * as vscode from 'vscode';
import {
  compactShape,
  kindOf,
  spacedJson,
  type Edit,
  type Fix,
  type Insertion,
  type Network,
  type NetworkLayer,
} from '../../engine';

/** What a fix changes, in the user's language: `Set stride of conv1 to 1`, `Set size 3, pad 1 of pool1`. */
export function fixTitle({ changes }: Fix, network: Network): string {
  const layer = onlyLayer(changes, network);
  if (layer) {
    const settings = changes.map(change =>
      'place' in change ? `${change.place.key} ${textOf(change.value)}` : '',
    );
    return vscode.l10n.t('Set {0} of {1}', settings.join(', '), layer.name);
  }
  const titles = changes.map(change =>
    'place' in change ? editTitle(change, network) : insertionTitle(change, network),
  );
  return titles.join('; ');
}

/** The layer of which several keys are set, where nothing else is changed. */
function onlyLayer(changes: Fix['changes'], { layers }: Network): NetworkLayer | undefined {
  const places = changes.map(change =>
    'place' in change && change.value !== undefined ? change.place.layer : undefined,
  );
  const [first] = places;
  const isOne = places.length > 1 && first !== undefined && places.every(layer => layer === first);
  return isOne ? layers[first] : undefined;
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
