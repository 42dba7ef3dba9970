// The unit tests: all of them on VS Code's own Node, those of what computes on this one too, as kernels are chosen by what
// the machine offers.
import { installServer } from '../host/install.mjs';
import { runMochaIn, sum } from './counts.mjs';

const all = ['dist/test/engine', 'dist/test/webview'];
const computing = ['kernels', 'layers', 'run'].map(folder => `dist/test/engine/${folder}`);

export async function run() {
  const counts = [];
  for (const { node, folders } of [
    { node: installServer().node, folders: all },
    { node: process.execPath, folders: computing },
  ]) {
    console.log(`  with ${node}`);
    counts.push(await runMochaIn(node, folders, 'dot'));
  }
  return sum(counts);
}
