import { join } from 'node:path';
import { readyPanel } from '../../host/panel.mjs';

const FILES = ['digits.npz', 'params.pkl', 'photo.png', 'filters.npz'];
/** Until caches are full and code is compiled. */
const FIRST = 20;
const CYCLES = 100;

/**
 * What stays behind of editors that were opened and closed again.
 * @param {import('../window.mjs').BenchWindow} window
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
export async function measureReopening({ page, probe, closePanels, folder }) {
  /** @param {number} cycles */
  const openAndClose = async cycles => {
    for (let i = 0; i < cycles; i++) {
      await probe.execute('cnnInspector.inspectTensors', [{ file: join(folder, FILES[i % FILES.length]) }]);
      await readyPanel(page, { timeout: 60_000 });
      await closePanels();
    }
    return probe.settledMemory();
  };
  const before = await openAndClose(FIRST);
  const after = await openAndClose(CYCLES);
  return [
    {
      what: `memory of the extension host after ${CYCLES} editors were opened and closed`,
      value: (after - before) / 1e6,
      unit: 'MB',
      wanted: '≤ 20',
      note: 'with its workers',
    },
  ];
}
