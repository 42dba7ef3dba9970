import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Engine from '../../engine';
import { repository } from '../host/paths.mjs';
import { eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openPanel, sharedWindow } from './window';

const bookParameters = join(repository, '../shared/data/ch07-params.pkl');

/** The same layer on the trained filters of the samples, and on the book's own where they are at hand. */
for (const { title, file, source } of [
  { title: 'the filters of the samples', file: 'params.pkl', source: undefined },
  { title: "the book's own filters", file: 'ch07-params.pkl', source: bookParameters },
]) {
  describe(`a digit through ${title}`, () => {
    let panel: Panel;
    before(async function () {
      if (source && !existsSync(source)) {
        console.log(`    skipped: there is no ${file} beside the repository`);
        this.skip();
      }
      const { folder } = await sharedWindow();
      if (source) cpSync(source, join(folder, file));
      panel = await openPanel({ weights: { file, name: 'W1' }, input: { file: 'digit4.npy' } });
    });

    it('has the very number in the panel that the engine computes by itself', async () => {
      const { folder } = await sharedWindow();
      const expected = await outputs(folder, file);
      await panel.goTo(0);
      await panel.picture('out').press('Control+End');
      await eventuallyMatch(
        panel.explanation,
        /^out\[0, 29, 23, 23\] = col\[575, :\] · colW\[:, 29\] \+ b\[29\]/,
      );
      for (const [key, index] of [
        ['Control+Home', [0, 0, 0, 0]],
        ['ArrowDown', [0, 0, 1, 0]],
        ['ArrowRight', [0, 0, 1, 1]],
      ] as const) {
        await panel.picture('out').press(key);
        await eventuallyMatch(panel.explanation, new RegExp(`^out\\[${index.join(', ')}\\]`));
        assert.equal(await resultShown(), expected.at(...index).toPrecision(8), `out[${index.join(', ')}]`);
      }
    });

    /** The last number of the arithmetic. */
    async function resultShown(): Promise<string> {
      const [, number] = /= (−?[\d.]+(?:e-?\d+)?)\s*$/m.exec(await panel.explanation()) ?? [];
      return Number(number.replace('−', '-')).toPrecision(8);
    }
  });
}

/** The layer on digit 4, computed by the engine as it is built, in plain Node. */
async function outputs(folder: string, file: string) {
  const built = pathToFileURL(join(repository, 'dist/engine.mjs')).href;
  const { Convolution, openTensorFile } = (await import(built)) as typeof Engine;
  const read = async (name: string, tensor?: string) => {
    const { tensors } = await openTensorFile(readFileSync(join(folder, name)), name);
    return tensors.find(entry => tensor === undefined || entry.name === tensor)!.read();
  };
  const W = await read(file, 'W1');
  const x = (await read('digit4.npy')).astype(W.dtype);
  return new Convolution(W, await read(file, 'b1'), {}).forward(x);
}
