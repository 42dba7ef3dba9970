import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensionPath } from '../support';
import { closeEditors, described, inspect, open } from './support';

const sample = (name: string): string => join(extensionPath, 'extension/samples', name);

describe('the editor of files of arrays', () => {
  afterEach(closeEditors);

  const samples: Record<string, string[]> = {
    'digits.npz': ['x (100,1,28,28) uint8', 't (100) uint8'],
  };
  for (const [name, arrays] of Object.entries(samples)) {
    it(`opens ${name}`, async () => {
      const summary = await open(await inspect(sample(name)));
      assert.deepEqual(summary.arrays.map(described), arrays);
    });
  }
});
