// The unit tests, on this Node and on VS Code's own: the engine chooses its kernels by what the machine offers.
import { installServer } from '../host/install.mjs';
import { runMochaIn, sum } from './counts.mjs';

export async function run() {
  const counts = [];
  for (const node of [process.execPath, installServer().node]) {
    console.log(`  with ${node}`);
    counts.push(await runMochaIn(node, ['dist/test/engine', 'dist/test/webview'], 'dot'));
  }
  return sum(counts);
}
