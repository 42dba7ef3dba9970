// Who is compared with, installed into a folder of the bench's own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { everyOnPath, installFolder, installServer } from '../../host/install.mjs';
import { repository } from '../../host/paths.mjs';
import { buildTfjs } from './build.mjs';
import { tfjsFile } from './built.mjs';

/** @typedef {'onnxruntime-web' | 'onnxruntime-node' | 'tfjs-wasm' | 'numpy' | 'pytorch'} PeerName */
/** @typedef {import('./participant.mjs').Command} Command */

const folder = join(repository, 'test/bench/peers');

/** Node as VS Code's extension host has it, with relaxed SIMD. */
export function hostNode() {
  return installServer().node;
}

/** The product's side. @returns {Command} */
export function ours() {
  return { name: 'ours', program: hostNode(), args: [join(repository, 'test/bench/engine/ours.mjs')] };
}

/**
 * Those that run here: the ones in Python where a python3 has what they need.
 * @returns {Promise<(Command & { name: PeerName })[]>}
 */
export async function installPeers() {
  installFolder(folder, 'the engines to compare with');
  await buildTfjs(folder);
  const program = hostNode();
  const script = (/** @type {string} */ name) => join(folder, name);
  const wasm = `${join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`;
  const tfjs = ['--require', script('tfjsThreads.cjs'), script('tfjs.mjs'), tfjsFile, wasm];
  return [
    { name: 'onnxruntime-web', program, args: [script('onnxruntime.mjs'), 'onnxruntime-web'] },
    { name: 'onnxruntime-node', program, args: [script('onnxruntime.mjs'), 'onnxruntime-node'] },
    { name: 'tfjs-wasm', program, args: tfjs },
    ...pythonPeer('numpy', 'numpy', script('numpyPeer.py')),
    ...pythonPeer('pytorch', 'torch', script('torchPeer.py')),
  ];
}

/**
 * @param {PeerName} name
 * @param {string} module that a python3 must have
 * @param {string} script
 */
function pythonPeer(name, module, script) {
  const program = everyOnPath(['python3']).find(python => canImport(python, module));
  if (program) return [{ name, program, args: [script] }];
  console.log(`No python3 has ${module}: ${name} is left out.`);
  return [];
}

/** @param {string} python @param {string} module */
function canImport(python, module) {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
