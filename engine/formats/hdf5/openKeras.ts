import type { ByteSource } from '../bytes/byteSource';
import { readBytes } from '../bytes/byteSource';
import type { Contents, Metadata, OpenContext } from '../tensorFile';
import { ZipContents } from '../zip/zip';
import type { ZipMember } from '../zip/zipDirectory';
import { kerasConfig, plainValues } from './kerasConfig';
import { openHdf5 } from './openHdf5';

const WEIGHTS = 'model.weights.h5';

/** Bytes of a description that is read. */
const MAX_JSON = 2 ** 25;

/** Whether these are the members of a .keras archive (Keras 3). */
export function isKeras(members: readonly ZipMember[]): boolean {
  return members.some(({ name }) => name === WEIGHTS);
}

/**
 * Opens a .keras archive: the weights, and what its JSON files say of the network.
 * @throws FormatError, UnsupportedError
 */
export async function openKeras(
  source: ByteSource,
  members: readonly ZipMember[],
  context: OpenContext,
): Promise<Contents> {
  const zip = new ZipContents(source);
  const open = async (name: string): Promise<ByteSource | undefined> => {
    const member = members.find(member => member.name === name);
    return member && zip.open(member, 0, context.signal);
  };
  const json = async (name: string): Promise<string> => {
    const bytes = await open(name);
    if (!bytes || bytes.size > MAX_JSON) return '';
    return new TextDecoder().decode(await readBytes(bytes, 'keras', 0, bytes.size, context.signal));
  };
  const metadata: Metadata[] = plainValues(await json('metadata.json'));
  const config = kerasConfig(await json('config.json'));
  if (config) metadata.push(config);
  const weights = await open(WEIGHTS);
  if (!weights) return { tensors: [], notes: [], metadata, format: 'keras' };
  const contents = await openHdf5(weights, context);
  return { ...contents, metadata: [...metadata, ...(contents.metadata ?? [])], format: 'keras' };
}
