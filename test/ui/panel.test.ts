import assert from 'node:assert/strict';
import { sampleRun } from '../host/sampleRun.mjs';
import { accessibilityViolations } from './axe';
import { openWorkbench, type Workbench } from './workbench';

describe('the panel of a run on the samples', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    workbench.execute(...sampleRun);
  });
  after(() => workbench.close());

  for (const theme of ['light', 'dark', 'hc', 'hc-light'] as const) {
    it(`has nothing for axe-core to find (${theme})`, async () => {
      await workbench.setTheme(theme);
      const panel = await workbench.panel();
      await workbench.screenshot(`panel-${theme}`);
      assert.deepEqual(await accessibilityViolations(panel), []);
    });
  }
});
