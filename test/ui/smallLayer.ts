import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tensor } from '../../engine';
import { writeNpy } from '../../engine/formats';
import { openPanel, sharedWindow } from './window';
import type { Panel } from './panel';

/** The layer of chapter 7 that can be checked by hand: x 0…15, a filter of ones, bias 3, gradient 0…8. */
export const smallLayer = {
  weights: { file: 'ones.npy' },
  bias: { file: 'three.npy' },
  input: { file: 'arange.npy' },
  dout: { kind: 'file', file: 'gradient.npy' },
};

/** Opens a panel on {@link smallLayer} with other choices, its files written anew. */
export async function openSmallLayer(choices: object = {}): Promise<Panel> {
  await writeArray('arange', Tensor.arange([1, 1, 4, 4]));
  await writeArray('ones', Tensor.full([1, 1, 2, 2], 1));
  await writeArray('three', Tensor.full([1], 3));
  await writeArray('gradient', Tensor.arange([1, 1, 3, 3]));
  return openPanel({ ...smallLayer, ...choices });
}

/** Writes an .npy file into the workspace of the shared window. */
export async function writeArray(name: string, tensor: Tensor): Promise<void> {
  const { folder } = await sharedWindow();
  writeFileSync(join(folder, `${name}.npy`), writeNpy(tensor));
}
