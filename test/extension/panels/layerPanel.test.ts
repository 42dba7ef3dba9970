import assert from 'node:assert/strict';
import { extensions, ViewColumn, window } from 'vscode';
import { fillLayerPanel } from '../../../extension/panels/layerPanel';
import type { EngineClient, EngineRun } from '../../../extension/worker/runs/engineClient';
import type { RunRequest, RunSummary } from '../../../webview/protocol';
import { signal } from '../support';

describe('a layer panel whose worker has stopped', () => {
  const request: RunRequest = { weights: { file: 'params.pkl' }, input: { file: 'digits.npz' } };
  const origin = { name: 'W1', file: 'params.pkl' };
  const summary: RunSummary = {
    request,
    weights: origin,
    input: origin,
    layers: [],
    steps: [],
    arrays: [],
    notes: [],
  };

  it('starts its run again, once for all that is asked of it', async () => {
    let starts = 0;
    const run = (isAlive: boolean): EngineRun => ({
      run: starts,
      summary,
      notes: [],
      isAlive: () => isAlive,
      request: () => Promise.resolve('answered' as never),
      close: () => undefined,
    });
    const engine: EngineClient = {
      request: () => Promise.reject(new Error('only runs are started')),
      start() {
        starts++;
        return Promise.resolve(run(true));
      },
      dispose: () => undefined,
    };
    const { extensionUri } = extensions.getExtension('cnn-tensor-inspector.cnn-tensor-inspector')!;
    const webviewPanel = window.createWebviewPanel('cnnInspector.layer', 'Conv', ViewColumn.Active, {});
    try {
      const { handlers } = fillLayerPanel(
        webviewPanel,
        { engine, extensionUri, onRun: () => undefined },
        request,
        { engine: run(false), summary, files: [] },
      );
      const asked = ['x', 'W', 'out', 'dx'].map(array =>
        Promise.resolve(handlers['array/stats']({ array }, signal)),
      );
      assert.deepEqual(await Promise.all(asked), ['answered', 'answered', 'answered', 'answered']);
      assert.equal(starts, 1);
    } finally {
      webviewPanel.dispose();
    }
  });
});
