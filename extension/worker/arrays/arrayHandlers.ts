import { ShapeError, sizeOf, statsOf, type ArraySource, type Region } from '../../../engine';
import { toWire, type Handlers } from '../../../webview/protocol';
import type { Addressed, WorkerArrayRequests } from './arrayRequests';
import { encodeTensor, tensorText } from './encodeTensor';
import { readTold } from './readTold';
import { reducePlane } from './reducePlane';
import { spreadOf } from './spread';

/** Elements that are put into one text; the clipboard and its readers choke on more. */
const MAX_TEXT_ELEMENTS = 1_000_000;

/**
 * The answers to all questions about arrays, wherever the arrays are.
 * @param sourceOf the array that a request means
 * @param onProgress told how much of a long request is done, 0 to 1
 */
export function arrayHandlers<Address>(
  sourceOf: (asked: Address & { readonly array: string }) => ArraySource,
  onProgress?: (asked: Address, fraction: number) => void,
): Handlers<Addressed<WorkerArrayRequests, Address>> {
  return {
    'array/read': async (asked, signal) => toWire(await sourceOf(asked).read(asked.region, signal)),
    'array/reduce': (asked, signal) => reducePlane(sourceOf(asked), asked, signal),
    'array/stats': (asked, signal) =>
      statsOf(sourceOf(asked), {
        region: asked.region,
        signal,
        onProgress: onProgress && (fraction => onProgress(asked, fraction)),
      }),
    'array/histogram': (asked, signal) => spreadOf(sourceOf(asked), asked.region, asked, signal),
    'array/file': async (asked, signal) => {
      const source = sourceOf(asked);
      const tensor = await readTold(source, asked.region, signal, fraction => onProgress?.(asked, fraction));
      return encodeTensor(tensor, source.name, asked.format);
    },
    'array/text': async (asked, signal) => {
      checkTextSize(asked.region);
      return tensorText(await sourceOf(asked).read(asked.region, signal), asked.as);
    },
  };
}

/** @throws ShapeError if the region has more elements than a clipboard takes */
export function checkTextSize(region: Region): void {
  const elements = sizeOf(region.map(({ count }) => count));
  if (elements > MAX_TEXT_ELEMENTS) {
    throw new ShapeError(
      `copy: ${elements.toLocaleString('en')} elements are too many for the clipboard ` +
        `(at most ${MAX_TEXT_ELEMENTS.toLocaleString('en')}): save them as .npy`,
    );
  }
}
