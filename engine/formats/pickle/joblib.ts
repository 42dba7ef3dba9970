import { UnsupportedError } from '../../errors';
import { gridSpan, stridesIn } from '../arrays/stridedBytes';
import { fill } from './arrays';
import { elementTypeOf, shapeOf } from './dtypes';
import { arrayObject, isKind, type ArrayObject, type Constructor, type Machine, type Value } from './values';

/**
 * joblib writes an array as an object of NumpyArrayWrapper, and right behind the opcode that sets its state the bytes of
 * the array, or another pickle if it holds Python objects. Source: joblib/numpy_pickle.py, NumpyArrayWrapper.read_array.
 */
export const JOBLIB_GLOBALS: readonly (readonly [string, Constructor])[] = [
  ['joblib.numpy_pickle.NumpyArrayWrapper', wrapper],
  ['sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper', wrapper],
  ...['NDArrayWrapper', 'ZNDArrayWrapper'].map((name): [string, Constructor] => [
    `joblib.numpy_pickle.${name}`,
    () => {
      throw new UnsupportedError(
        'pickle: joblib before 0.10 kept the arrays in files of their own; load it there and save it with a newer joblib',
      );
    },
  ]),
];

function wrapper(): ArrayObject {
  return arrayObject('an array of joblib without data', readBehind);
}

async function readBehind(array: ArrayObject, state: Value, machine: Machine): Promise<void> {
  const attribute = (name: string): Value => {
    const value = isKind(state, 'dict') ? state.items.get(name) : undefined;
    return value ?? machine.fail(`an array of joblib has no ${name}`);
  };
  const shape = attribute('shape');
  const dtype = attribute('dtype');
  if (!isKind(dtype, 'dtype')) return machine.fail('an array of joblib whose dtype is no numpy.dtype');
  if (dtype.code.startsWith('O')) {
    const { value: objects, end } = await machine.nested(machine.source, machine.reader.position);
    machine.reader.skipTo(end);
    if (!isKind(objects, 'array')) return machine.fail('an array of joblib holds something that is no array');
    array.content = objects.content;
    objects.parts.forEach((part, name) => array.parts.set(name, part));
    return;
  }
  // Since joblib 1.2 the bytes are aligned; a byte says by how many others.
  const aligned = isKind(state, 'dict') && state.items.has('numpy_array_alignment_bytes');
  if (aligned) {
    await machine.reader.prepare();
    machine.reader.payload(machine.reader.unsigned(1));
  }
  const extents = shapeOf(shape, machine);
  const { width } = elementTypeOf(dtype, machine);
  const length = gridSpan('pickle', { shape: extents, strides: stridesIn('C', extents, width), width });
  fill(
    array,
    shape,
    dtype,
    attribute('order') === 'F' ? 'F' : 'C',
    { kind: 'bytes', source: machine.reader.payload(length) },
    machine,
  );
}
