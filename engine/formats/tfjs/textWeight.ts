import { FormatError, UnsupportedError } from '../../errors';
import { readTensor, Tensor } from '../../tensor';
import { readBytes, type ByteSource } from '../bytes/byteSource';
import { metadataText } from '../metadata';
import { checkedByteLength } from '../arrays/storedEntry';
import type { TextEntry } from '../tensorFile';
import type { Weight } from './manifest';

/** Where each text lies has to be known before one can be read. */
const MAX_TEXTS = 1_000_000;
const LENGTH_BYTES = 4;
/** Bytes read at once while looking for the texts' places. */
const WINDOW = 2 ** 16;
/** Bytes of a text that are shown. */
const MAX_TEXT = 2 ** 16;

/**
 * A weight of texts: one after the other, each in UTF-8 behind its length.
 * Source: TensorFlow.js, `decodeWeights` in tfjs-core/src/io/io_utils.ts.
 * @throws FormatError if the group's files end before the texts do
 */
export async function placeTexts(
  source: ByteSource,
  offset: number,
  { name, shape }: Weight,
  signal?: AbortSignal,
): Promise<{ byteLength: number; texts: TextEntry[] }> {
  const count = checkedByteLength('tfjs', shape, 'uint32', source.size - offset) / LENGTH_BYTES;
  if (count > MAX_TEXTS) throw new UnsupportedError(`tfjs: '${name}' has over ${MAX_TEXTS} texts`);
  const starts = Tensor.zeros(shape, 'float64');
  const lengths = Tensor.zeros(shape, 'float64');
  let position = offset;
  let window: { start: number; end: number; view: DataView } = {
    start: 0,
    end: 0,
    view: new DataView(new ArrayBuffer(0)),
  };
  for (let i = 0; i < count; i++) {
    if (position < window.start || position + LENGTH_BYTES > window.end) {
      const size = Math.max(LENGTH_BYTES, Math.min(WINDOW, source.size - position));
      const bytes = await readBytes(source, 'tfjs', position, size, signal);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      window = { start: position, end: position + size, view };
    }
    const length = window.view.getUint32(position - window.start, true);
    starts.data[i] = position + LENGTH_BYTES;
    lengths.data[i] = length;
    position += LENGTH_BYTES + length;
    if (position > source.size) {
      throw new FormatError(
        'tfjs',
        `text ${i} of '${name}' ends at byte ${position}, its files at ${source.size}`,
      );
    }
  }
  const byteLength = position - offset;
  const entry: TextEntry = {
    name,
    storedType: 'string',
    shape,
    byteLength,
    async readTexts(region, cancel) {
      const [at, sizes] = [readTensor(starts, region).numbers(), readTensor(lengths, region).numbers()];
      const texts: string[] = [];
      for (let i = 0; i < at.length; i++) {
        const bytes = await readBytes(source, 'tfjs', at[i], Math.min(sizes[i], MAX_TEXT), cancel);
        texts.push(metadataText(new TextDecoder().decode(bytes)));
      }
      return texts;
    },
  };
  return { byteLength, texts: [entry] };
}
