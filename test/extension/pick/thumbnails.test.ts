import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Uri } from 'vscode';
import { createThumbnails } from '../../../extension/pick/thumbnails';
import { engineSettings } from '../../../extension/engineSettings';
import { createEngineClient } from '../../../extension/worker/runs/engineClient';
import { extensionPath, scratchFolder, signal } from '../support';

describe('small pictures of the arrays to choose from', () => {
  const files = scratchFolder();
  const engine = createEngineClient(join(extensionPath, 'dist/worker/engineWorker.mjs'), engineSettings);
  after(() => engine.dispose());

  it('say why there is none: an image may be damaged behind its header', async () => {
    const sample = readFileSync(join(extensionPath, 'extension/samples/seven.png'));
    const whole = Uri.file(files.write('whole.png', sample));
    const cut = Uri.file(files.write('cut.png', sample.subarray(0, 60)));
    const thumbnails = createThumbnails(engine);
    await thumbnails.load(whole, 'whole', [0], signal);
    await thumbnails.load(cut, 'cut', [0], signal);
    assert.ok(thumbnails.get(whole, 'whole', 0));
    assert.equal(thumbnails.failure(whole, 'whole', 0), undefined);
    assert.equal(thumbnails.get(cut, 'cut', 0), undefined);
    assert.match(thumbnails.failure(cut, 'cut', 0) ?? '', /cut\.png: .*truncated/);
  });
});
