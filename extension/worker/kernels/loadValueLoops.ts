import { readFile } from 'node:fs/promises';
import { useValueLoops } from '../../../engine';
import { createValueLoops, fastestSet } from '../../../engine/kernels';

/** Gives this thread faster loops over values, if its runtime can run them. */
export async function loadValueLoops(): Promise<void> {
  if (fastestSet() === 'reference') return;
  const bytes = await readFile(new URL('../kernels/values.wasm', import.meta.url));
  useValueLoops(createValueLoops(await WebAssembly.compile(bytes)));
}
