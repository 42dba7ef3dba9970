import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensionPath } from '../support';
import { closeEditors, described, inspect, open } from './support';

const sample = (name: string): string => join(extensionPath, 'extension/samples', name);

describe('the editor of files of arrays', () => {
  afterEach(closeEditors);

  const samples: Record<string, string[]> = {
    'digits.npz': ['x (100,1,28,28) uint8', 't (100) uint8'],
    'digits-images-idx3-ubyte.gz': ['digits-images-idx3-ubyte (100,28,28) uint8'],
    'digits-labels-idx1-ubyte.gz': ['digits-labels-idx1-ubyte (100) uint8'],
    'digit4.npy': ['digit4 (1,1,28,28) float32'],
    'dout.npy': ['dout (1,30,24,24) float32'],
    'filters.npz': ['W (6,1,3,3) float32', 'b (6) float32'],
    'params.pkl': [
      'W1 (30,1,5,5) float32',
      'b1 (30) float32',
      'W2 (4320,100) float32',
      'b2 (100) float32',
      'W3 (100,10) float32',
      'b3 (10) float32',
    ],
    'rgb_edges.npz': ['W (4,3,3,3) float32', 'b (4) float32'],
    'broken/keras_style.npz': ['W (3,3,3,4) float32', 'b (4) float32'],
    'colour.png': ['colour (1,3,64,64) uint8'],
    'photo.png': ['photo (1,1,128,128) uint8'],
    'seven.png': ['seven (1,1,28,28) uint8'],
  };
  for (const [name, arrays] of Object.entries(samples)) {
    it(`opens ${name}`, async () => {
      const summary = await open(await inspect(sample(name)));
      assert.deepEqual(summary.arrays.map(described), arrays);
    });
  }
});
