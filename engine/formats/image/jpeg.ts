import createDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import decoderWasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import { FormatError, UnsupportedError } from '../../errors';
import type { Tensor } from '../../tensor';
import { readWhole, type ByteSource } from '../bytes/byteSource';
import { decodedEntry, type Contents, type OpenContext } from '../tensorFile';
import { BrowserImageError } from './browserImage';
import { checkImageSize, toPlanes } from './pixels';

interface Frame {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: colours. */
  readonly components: number;
}

/** Opens a JPEG as one array (1, 1 or 3, H, W) uint8. It is decoded when the array is read. */
export async function openJpeg(source: ByteSource, { name, signal }: OpenContext): Promise<Contents> {
  const file = await readWhole(source, 'jpeg', signal);
  const frame = readFrame(file);
  const { width, height, components } = frame;
  const entry = decodedEntry(name, 'uint8', [1, components, height, width], () => decode(file, frame));
  const metadata = [
    { name: 'size', value: `${width}×${height} pixels` },
    { name: 'colour type', value: components === 1 ? 'grey' : 'RGB' },
  ];
  return { tensors: [entry], notes: [], metadata };
}

/**
 * The size of the image from its frame header, without decoding anything.
 * Source: ITU-T T.81, annex B.
 */
function readFrame(file: Uint8Array): Frame {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file[0] !== 0xff || file[1] !== 0xd8) throw new FormatError('jpeg', 'does not start as a JPEG', 0);
  for (let at = 2; at + 4 <= file.length;) {
    const marker = file[at + 1];
    if (file[at] !== 0xff) throw new FormatError('jpeg', 'a marker is missing: the file is damaged', at);
    if (marker === 0xff) {
      at++; // fill byte
      continue;
    }
    if (isStartOfFrame(marker)) {
      if (at + 10 > file.length) break;
      return checkedFrame({
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: file[at + 9],
      });
    }
    at += 2 + view.getUint16(at + 2);
  }
  throw new FormatError('jpeg', 'ends before the header of its image: it is truncated', file.length);
}

/** SOF0 to SOF15, without the markers among them that are tables (DHT, JPG, DAC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function checkedFrame(frame: Frame): Frame {
  checkImageSize('jpeg', frame.width, frame.height);
  if (frame.components === 4)
    throw new BrowserImageError('image/jpeg', 'jpeg: CMYK colours are not read; save it as RGB or grey');
  if (frame.components !== 1 && frame.components !== 3) {
    throw new UnsupportedError(
      `jpeg: ${frame.components} colour components are not read; save it as RGB or grey`,
    );
  }
  return frame;
}

/** What libjpeg says when pixels are missing; it fills them with grey and goes on. */
const INCOMPLETE = /premature end|bad huffman/i;

let compiled: WebAssembly.Module | undefined;

/** A new decoder for every image: one that a damaged file has crashed would fail for all that come after. */
async function decode(file: Uint8Array, { width, height, components }: Frame): Promise<Tensor> {
  const complaints: string[] = [];
  const damaged = (cause?: unknown) =>
    new FormatError(
      'jpeg',
      `the file is damaged or truncated: ${complaints.at(-1) ?? 'it cannot be decoded'}`,
      undefined,
      { cause },
    );
  let image: ImageData | null;
  try {
    const decoder = await createDecoder({
      noInitialRun: true,
      printErr: line => complaints.push(line),
      instantiateWasm: (imports, done) => {
        compiled ??= new WebAssembly.Module(decoderWasm);
        const instance = new WebAssembly.Instance(compiled, imports);
        done(instance);
        return instance.exports;
      },
    });
    image = decoder.decode(new Uint8Array(file), false);
  } catch (error) {
    throw damaged(error);
  }
  if (image?.width !== width || image.height !== height || complaints.some(line => INCOMPLETE.test(line)))
    throw damaged();
  return toPlanes(image.data, width, height, components, 4);
}
