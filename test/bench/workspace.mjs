// The workspace of the bench: the samples, and a layer whose im2col matrix is large.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../host/cleanup.mjs';
import { samples } from '../host/paths.mjs';
import { sampleRun } from '../host/sampleRun.mjs';
import { npyHeader } from './largeFiles/numpy.mjs';

const [, sample] = sampleRun;

/** The runs that are measured, as arguments of the command. */
export const runs = {
  /** One digit through the trained layer: col is (576, 25). */
  digit: sample,
  /** A hundred of them: col is (57600, 25). */
  batch: { ...sample, input: { file: 'digits.npz', name: 'x' } },
  /** 64 channels of 224×224: col is (50176, 576), 115 MB if anybody made it. */
  large: { weights: { file: 'W64.npy' }, bias: null, input: { file: 'x64.npy' }, pad: 1 },
};

/** It is empty at first. */
export function createWorkspace() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-workspace-'));
  const fill = () => {
    cpSync(samples, folder, { recursive: true });
    writeFileSync(join(folder, 'x64.npy'), npy([1, 64, 224, 224]));
    writeFileSync(join(folder, 'W64.npy'), npy([2, 64, 3, 3]));
  };
  return { folder, fill, remove: atExit(() => rmSync(folder, { recursive: true, force: true })) };
}

/** A float32 array of that shape as .npy. @param {number[]} shape */
function npy(shape) {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(i / 97));
  return Buffer.concat([npyHeader(shape), Buffer.from(values.buffer)]);
}
