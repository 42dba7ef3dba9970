import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-writer.js';
import type { Tensor } from '../../tensor';
import { concat } from '../bytes/inflate';
import { writeNpy } from './writeNpy';

/**
 * Tensors as the bytes of a .npz file, which numpy.load reads: a zip of .npy members, stored as numpy.savez does.
 * @param tensors by name; what would make a member's name a path out of its folder is replaced by `_`
 */
export async function writeNpz(tensors: ReadonlyMap<string, Tensor>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const file = new WritableStream<Uint8Array>({
    write(piece) {
      pieces.push(piece);
    },
  });
  const zip = new ZipWriter(file, { level: 0, extendedTimestamp: false, useWebWorkers: false });
  const used = new Set<string>();
  for (const [name, tensor] of tensors) {
    const safe = memberName(name);
    let member = safe;
    for (let copy = 2; used.has(member); copy++) member = `${safe} (${copy})`;
    used.add(member);
    await zip.add(`${member}.npy`, streamOf(writeNpy(tensor)));
  }
  await zip.close();
  return concat(pieces);
}

/** A name without empty parts, `.` and `..`, which are places and no names. */
function memberName(name: string): string {
  const parts = name.replaceAll('\\', '_').split('/');
  return parts.map(part => (['', '.', '..'].includes(part) ? '_' : part)).join('/');
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
