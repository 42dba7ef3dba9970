import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout: the nearest folder above with a package.json, since the tests run bundled, from dist/. */
export const repository = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** Where real input to try the extension on stands. */
export const samples = join(repository, 'extension/samples');
