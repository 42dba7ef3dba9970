import { printable } from '../pickle/describe';
import { isKind, type Machine, type Value } from '../pickle/values';
import { typeOfStorage, type TorchType } from './types';

/** What a persistent id of PyTorch says: `('storage', class, key, device, count)`, and in the legacy format a view `(key, offset, count)`. */
export interface StorageId {
  readonly type: TorchType;
  readonly key: string;
  /** Elements. */
  readonly count: number;
  /** In elements, if it is a part of the storage. */
  readonly view: { readonly offset: number; readonly count: number } | undefined;
}

/** Source: torch/serialization.py, persistent_id in _save and _legacy_save. */
export function parseStorageId(id: Value, machine: Machine): StorageId {
  const [tag, storage, key, , count, view] = isKind(id, 'tuple') ? id.items : [];
  if (tag !== 'storage') return machine.fail('a persistent id that is no storage of PyTorch');
  const type = isKind(storage, 'global') ? typeOfStorage(storage.name) : undefined;
  if (!type) {
    const name = isKind(storage, 'global') ? printable(storage.name) : 'something that is no class';
    return machine.fail(`a storage of the unknown class ${name}`);
  }
  if (typeof key !== 'string') return machine.fail('a storage whose key is not a text');
  return { type, key, count: countOf(count, machine), view: parseView(view, machine) };
}

function parseView(view: Value | undefined, machine: Machine): StorageId['view'] {
  if (view === undefined || view === null) return undefined;
  const [, offset, count] = isKind(view, 'tuple') ? view.items : [];
  return { offset: countOf(offset, machine), count: countOf(count, machine) };
}

/** A whole number that is not negative, and small enough to be counted with. */
export function countOf(value: Value | undefined, machine: Machine): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  return machine.fail('a count of elements is not a whole number from 0 on');
}
