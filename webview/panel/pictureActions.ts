import type { RefObject } from 'preact';
import { wholeRegion } from '../../engine';
import { t } from '../l10n';
import type { TraceClient } from '../model/runModel';
import type { ArrayInfo } from '../protocol';
import { reporting, savedText } from '../reporting';
import type { PictureHandle } from '../views/pictures/picture';
import type { MenuItem } from '../controls';

/**
 * What can be done with an array on show.
 * @param picture left out where the array is shown as a table
 * @param onMessage told of what was done, or could not be
 */
export function pictureActions(
  { name, shape }: ArrayInfo,
  client: TraceClient,
  picture: RefObject<PictureHandle | null> | undefined,
  onMessage: (text: string) => void,
): MenuItem[] {
  const region = wholeRegion(shape);
  const act = reporting(onMessage);
  const items: MenuItem[] = [
    {
      text: t('Save as .npy…'),
      onChoose: act(async () => savedText(await client.request('array/save', { array: name, region }))),
    },
    {
      text: t('Copy as NumPy text'),
      onChoose: act(async () => {
        await client.request('array/copy', { array: name, region });
        return t('Copied {0}', name);
      }),
    },
  ];
  const savePng = async (): Promise<string | undefined> => {
    const png = await picture?.current?.toPng();
    return png && savedText(await client.request('picture/save', { name, png }));
  };
  return picture ? [{ text: t('Save as PNG…'), onChoose: act(savePng) }, ...items] : items;
}
