// Where build.mjs puts what the bench needs bundled.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../../host/paths.mjs';

const folder = join(repository, 'dist/bench');
export const partsFile = join(folder, 'parts.mjs');
export const peakFile = join(folder, 'peak.wasm');
export const tfjsFile = join(folder, 'tfjs.cjs');

/** The engine. @returns {Promise<typeof import('./parts')>} */
export function loadParts() {
  return import(pathToFileURL(partsFile).href);
}
