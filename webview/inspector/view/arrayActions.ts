import type { RefObject } from 'preact';
import { sliceShape, wholeRegion, type Slice } from '../../../engine';
import type { MenuItem } from '../../controls';
import { t } from '../../l10n';
import type { CopyFormat, SaveFormat } from '../../protocol';
import { reporting, savedText } from '../../reporting';
import type { PictureHandle } from '../../views/pictures/picture';
import type { InspectorClient } from '../client';
import { sliceId, sliceName, type ShownArray } from './shownArray';

export interface ArrayActions {
  /** For a menu. */
  readonly items: readonly MenuItem[];
  /** Puts the numbers on the clipboard as NumPy prints them. */
  copy: () => void;
  save: () => void;
}

/**
 * What can be done with an array on show.
 * @param slice what is saved and copied: the slice on show, or the marked region of it
 * @param picture left out where the view is no picture
 * @param onMessage told of what was done, or could not be
 */
export function arrayActions(
  { whole, position }: ShownArray,
  slice: Slice,
  client: InspectorClient,
  picture: RefObject<PictureHandle | null> | undefined,
  onMessage: (text: string) => void,
): ArrayActions {
  const act = reporting(onMessage);
  const array = sliceId(position, slice, whole.shape);
  const name = sliceName(whole.name, slice, whole.shape);
  const shape = sliceShape(slice);
  const region = wholeRegion(shape);

  const run = (as: 'weights' | 'input') =>
    act(async () => {
      await client.request('array/run', { array: String(position), as });
      return undefined;
    });
  const save = (format: SaveFormat) =>
    act(async () => savedText(await client.request('array/save', { array, region, format })));
  const copy = (as: CopyFormat) =>
    act(async () => {
      await client.request('array/copy', { array, region, as });
      return t('Copied {0}', name);
    });
  const savePicture = act(async () => {
    const png = await picture?.current?.toPng();
    return png && savedText(await client.request('picture/save', { name, png }));
  });

  const items: MenuItem[] = [
    { text: t('Run Conv Layer with {0} as W…', whole.name), onChoose: run('weights') },
    { text: t('Run Conv Layer with {0} as x…', whole.name), onChoose: run('input') },
    { text: t('Save as .npy…'), beginsGroup: true, onChoose: save('npy') },
    { text: t('Save as .npz…'), onChoose: save('npz') },
    { text: t('Save as .csv…'), onChoose: save('csv') },
    { text: t('Save as .safetensors…'), onChoose: save('safetensors') },
    ...(picture ? [{ text: t('Save the picture as PNG…'), onChoose: savePicture }] : []),
    ...(shape.length === 2
      ? [
          { text: t('Save the values as 8-bit grey PNG…'), onChoose: save('png8') },
          { text: t('Save the values as 16-bit grey PNG…'), onChoose: save('png16') },
        ]
      : []),
    { text: t('Copy as NumPy text'), beginsGroup: true, onChoose: copy('numpy') },
    { text: t('Copy for a spreadsheet'), onChoose: copy('tsv') },
    { text: t('Copy the Python line that loads it'), onChoose: copy('python') },
  ];
  return { items, copy: copy('numpy'), save: save('npy') };
}
