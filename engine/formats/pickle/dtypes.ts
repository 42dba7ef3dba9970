import { isKind, type Constructor, type DTypeObject, type Machine, type Value } from './values';

/** `dtype('f8', False, True)`, or `dtype(numpy.record, False, True)` of records. */
export const makeDType: Constructor = ([code], machine) => {
  if (isKind(code, 'global')) return { kind: 'dtype', code: 'V', byteOrder: '|', state: [] };
  if (typeof code !== 'string') return machine.fail('numpy.dtype of something that is no type code');
  return { kind: 'dtype', code, byteOrder: '=', state: [] };
};

/** BUILD of a dtype: (version, byte order, subarray, names, fields, …). */
export function buildDType(dtype: DTypeObject, state: Value, machine: Machine): void {
  const [, byteOrder, ...rest] = isKind(state, 'tuple') ? state.items : [];
  if (typeof byteOrder !== 'string' || !/^[<>|=]$/.test(byteOrder)) {
    return machine.fail('the state of a numpy.dtype has no byte order');
  }
  dtype.byteOrder = byteOrder;
  dtype.state = rest;
}

/** Bytes that an element takes. */
export function itemSize({ code, state }: DTypeObject, machine: Machine): number {
  // Records and texts say it in their state, numbers in their code.
  const [, , , stated] = state;
  if (typeof stated === 'number' && stated > 0) return stated;
  const digits = /^[a-zA-Z](\d{1,9})$/.exec(code);
  return digits ? Number(digits[1]) : machine.fail('a numpy.dtype of unknown size');
}
