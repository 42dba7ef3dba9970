import { canBeInput, canBeWeights, wholeRegion, type DType, type Region, type Shape } from '../../engine';
import type { MenuItem } from '../controls';
import { t } from '../l10n';
import type { CopyFormat, SaveFormat } from '../protocol';
import { reporting, savedText } from '../reporting';
import type { InspectorClient } from './client';

/** An array of the file, or a slice of one, that something is to be done with. */
export interface ActedOn {
  /** What requests call it. */
  readonly id: string;
  /** What the user calls it. */
  readonly name: string;
  readonly shape: Shape;
  /** Left out for an array of texts or dates. */
  readonly dtype?: DType;
  /** The array that it may be a part of; a layer runs with all of it. */
  readonly whole?: Pick<ActedOn, 'id' | 'shape'>;
  /** Whether the page's keys for saving and copying act on it. */
  readonly takesKeys?: boolean;
}

/**
 * What can be done with an array.
 * @param region the part that is saved or copied; all of it where left out
 * @param onMessage told of what was done, or could not be
 */
export function arrayActions(
  client: InspectorClient,
  { id, name, shape, dtype, whole = { id, shape }, takesKeys }: ActedOn,
  onMessage: (text: string) => void,
  region: Region = wholeRegion(shape),
): MenuItem[] {
  const act = reporting(onMessage);
  const isPart = whole.id !== id;
  const save = (text: string, format: SaveFormat): MenuItem => ({
    text,
    onChoose: act(async () => savedText(await client.request('array/save', { array: id, region, format }))),
  });
  const copy = (text: string, as: CopyFormat, copied = t('Copied {0}', name)): MenuItem => ({
    text,
    onChoose: act(async () => {
      await client.request('array/copy', { array: id, region, as });
      return copied;
    }),
  });
  const run = (text: string, as: 'weights' | 'input'): MenuItem => ({
    text,
    onChoose: act(async () => {
      await client.request('array/run', { array: whole.id, as });
      return undefined;
    }),
  });
  const line = t('Copied the Python line that loads {0}', name);
  const load = copy(t('Copy the Python line that loads it'), 'python', line);
  if (dtype === undefined) return [load];
  const asW = isPart ? t('Run Conv Layer with all of it as W…') : t('Run Conv Layer with it as W…');
  const asX = isPart ? t('Run Conv Layer with all of it as x…') : t('Run Conv Layer with it as x…');
  const axes = region.filter(({ count }) => count > 1).length;
  return [
    ...(canBeWeights(whole) ? [run(asW, 'weights')] : []),
    ...(canBeInput(whole) ? [run(asX, 'input')] : []),
    { ...save(t('Save as .npy…'), 'npy'), beginsGroup: true, shortcut: takesKeys ? 'S' : undefined },
    save(t('Save as .npz…'), 'npz'),
    save(t('Save as .csv…'), 'csv'),
    save(t('Save as .safetensors…'), 'safetensors'),
    ...(axes <= 2 ? [save(t('Save as 8-bit PNG…'), 'png8'), save(t('Save as 16-bit PNG…'), 'png16')] : []),
    { ...copy(t('Copy as NumPy text'), 'numpy'), beginsGroup: true, shortcut: takesKeys ? 'C' : undefined },
    copy(t('Copy as a table (TSV)'), 'tsv'),
    load,
  ];
}
