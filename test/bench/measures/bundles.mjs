import { statSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../host/paths.mjs';

/** Sizes of what is shipped. @returns {import('../report.mjs').Row[]} */
export function measureBundles() {
  /** @param {string[]} files */
  const kilobytes = files =>
    files.reduce((sum, file) => sum + statSync(join(repository, 'dist', file)).size, 0) / 1000;
  return [
    {
      what: 'bundle of the host: extension and worker',
      value: kilobytes(['extension.js', 'worker/engineWorker.mjs']),
      unit: 'kB',
      wanted: '≤ 500',
    },
    {
      what: 'bundle of the webview: script and style',
      value: kilobytes(['layerPage.js', 'layerPage.css']),
      unit: 'kB',
      wanted: '≤ 800',
    },
  ];
}
