import { UnsupportedError } from '../../errors';

/** Members of the tar files that PyTorch wrote before 0.1.10. Source: torch/serialization.py, legacy_load. */
const MEMBERS = ['sys_info', 'pickle', 'storages', 'tensors'].map(name => `${name}\0`);

export function isOldTorchTar(head: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(head.subarray(0, 16));
  return MEMBERS.some(name => start.startsWith(name) || start.startsWith(`./${name}`));
}

export function openOldTorchTar(): never {
  throw new UnsupportedError(
    'torch: a tar file, as PyTorch wrote before 2017; load it in Python and save it again with torch.save',
  );
}
