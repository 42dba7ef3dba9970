// Loaded first in tfjs' process and in its threads, to give it the threads in Node that it has in browsers: it starts
// them from blobs, where Node has files, and takes half of the cores, so that of two it would take one.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const os = require('node:os');
const { join } = require('node:path');

const { cpus } = os;
os.cpus = () => [...cpus(), ...cpus()];

globalThis.Blob = class {
  constructor(parts) {
    const folder = mkdtempSync(join(os.tmpdir(), 'bench-tfjs-'));
    process.on('exit', () => rmSync(folder, { recursive: true }));
    this.path = join(folder, 'script.cjs');
    writeFileSync(this.path, parts.join(''));
  }
};
URL.createObjectURL = blob => blob.path;
URL.revokeObjectURL = () => {};
