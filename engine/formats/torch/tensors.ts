import type { Shape } from '../../tensor';
import { sliceSource } from '../bytes/byteSource';
import type { Metadata, TensorEntry } from '../tensorFile';
import { shapeOf } from '../pickle/dtypes';
import { lineText } from '../pickle/describe';
import {
  arrayObject,
  inert,
  isKind,
  type ArrayObject,
  type Constructor,
  type Machine,
  type StorageObject,
  type Value,
} from '../pickle/values';
import { storedEntry } from '../arrays/storedEntry';
import { countOf } from './storages';
import { typeOfDType, type TorchType } from './types';

/** The functions that make a tensor again. Source: torch/_utils.py, torch/_tensor.py (_reduce_ex_internal). */
export const TENSOR_GLOBALS: readonly (readonly [string, Constructor])[] = [
  ['torch._utils._rebuild_tensor', tensor],
  ['torch._utils._rebuild_tensor_v2', tensor],
  ['torch._utils._rebuild_tensor_v3', untypedTensor],
  ['torch._utils._rebuild_parameter', parameter],
  ['torch._utils._rebuild_parameter_with_state', parameter],
  ['torch._utils._rebuild_qtensor', quantised],
  ['torch._utils._rebuild_sparse_tensor', sparse],
  ['torch._utils._rebuild_sparse_csr_tensor', sparse],
  ['torch._utils._rebuild_device_tensor_from_numpy', ([data = null]) => data],
  ['torch._utils._rebuild_meta_tensor_no_storage', () => arrayObject('is a meta tensor: it has no elements')],
  ['torch._tensor._rebuild_from_type', subclass],
  ['torch._tensor._rebuild_from_type_v2', subclass],
];

/** `(storage, offset, shape, strides, requires_grad, hooks)`, offset and strides in elements. */
function tensor([storage, offset, shape, strides]: readonly Value[], machine: Machine): ArrayObject {
  return view(storage, undefined, offset, shape, strides, [], machine);
}

/** `(storage, offset, shape, strides, requires_grad, hooks, dtype)`: a dtype that has no storage class of its own. */
function untypedTensor(
  [storage, offset, shape, strides, , , dtype]: readonly Value[],
  machine: Machine,
): ArrayObject {
  const name = isKind(dtype, 'global') ? dtype.name : '';
  const type = typeOfDType(name);
  if (!type) return arrayObject(`has the element type ${name || 'that is missing'}, which we cannot read`);
  return view(storage, type, offset, shape, strides, [], machine);
}

function view(
  storage: Value,
  as: TorchType | undefined,
  offset: Value,
  shape: Value,
  strides: Value,
  metadata: readonly Metadata[],
  machine: Machine,
): ArrayObject {
  if (!isKind(storage, 'storage')) return machine.fail('a tensor whose storage is no storage');
  const type = as ?? storage.type;
  if (type.parts.length === 0) return arrayObject(`has the element type ${type.name}, which we cannot read`);
  const place = {
    offset: countOf(offset, machine),
    shape: shapeOf(shape, machine),
    strides: shapeOf(strides, machine),
  };
  return arrayObject(name => ({ tensors: entries(name, storage, type, place, metadata) }));
}

/** How Python gets at a part of a tensor: of a complex one; not of what only some dtypes have. */
const ACCESS: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['real', '.real'],
  ['imag', '.imag'],
]);

interface Place {
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

function entries(
  name: string,
  storage: StorageObject,
  type: TorchType,
  { offset, shape, strides }: Place,
  metadata: readonly Metadata[],
): TensorEntry[] {
  // What the file claims, or what it has if that is less.
  const available = Math.min(storage.count * storage.type.width, storage.bytes.size);
  return type.parts.map(part =>
    storedEntry(
      'torch',
      part.name ? `${name}.${part.name}` : name,
      sliceSource(storage.bytes, 0, available),
      {
        offset: offset * type.width + part.offset,
        dtype: part.dtype,
        shape,
        strides: strides.map(stride => stride * type.width),
        littleEndian: storage.littleEndian,
      },
      { storedType: `torch.${type.name}`, metadata, access: ACCESS.get(part.name) },
    ),
  );
}

/** `(data, requires_grad, hooks)`, and in a newer function the attributes. */
function parameter([data, , , state]: readonly Value[], machine: Machine): Value {
  if (!isKind(data, 'array'))
    return isKind(data, 'object') ? data : machine.fail('a parameter without a tensor');
  if (isKind(state, 'dict') && state.items.size > 0) data.parts.set('state', state);
  return data;
}

/**
 * `(storage, offset, shape, strides, quantizer, requires_grad, hooks)`, where the quantizer is
 * `(per_tensor_affine, scale, zero point)` or `(per_channel_affine, scales, zero points, axis)`.
 */
function quantised(
  [storage, offset, shape, strides, quantizer]: readonly Value[],
  machine: Machine,
): ArrayObject {
  const [scheme, scale, zeroPoint, axis] = isKind(quantizer, 'tuple') ? quantizer.items : [];
  if (!isKind(scheme, 'global')) return machine.fail('a quantised tensor without a scheme');
  const perChannel = isKind(scale, 'array');
  const at = perChannel ? '[i]' : '';
  const metadata: Metadata[] = [
    { name: 'quantisation', value: scheme.name.replace(/^torch\./, '') },
    { name: 'scale', value: perChannel ? 'the array beside it' : lineText(scale) },
    { name: 'zero point', value: perChannel ? 'the array beside it' : lineText(zeroPoint) },
    ...(perChannel ? [{ name: 'axis of i', value: lineText(axis) }] : []),
    { name: 'value', value: `(stored integer − zero point${at}) · scale${at}` },
  ];
  const made = view(storage, undefined, offset, shape, strides, metadata, machine);
  if (perChannel) {
    made.parts.set('scale', scale);
    made.parts.set('zero_point', zeroPoint);
  }
  return made;
}

/** Parts of a sparse tensor, in the order in which each layout gives them. */
const SPARSE_PARTS: ReadonlyMap<Value | undefined, readonly string[]> = new Map([
  ['torch.sparse_coo', ['indices', 'values', 'size', 'is_coalesced']],
  ...['torch.sparse_csr', 'torch.sparse_bsr'].map((layout): [string, string[]] => [
    layout,
    ['crow_indices', 'col_indices', 'values', 'size'],
  ]),
  ...['torch.sparse_csc', 'torch.sparse_bsc'].map((layout): [string, string[]] => [
    layout,
    ['ccol_indices', 'row_indices', 'values', 'size'],
  ]),
]);

/** `(layout, (parts, …))` */
function sparse([layout, data]: readonly Value[], machine: Machine): Value {
  const [name] = isKind(layout, 'object') ? layout.items : [layout];
  const parts = SPARSE_PARTS.get(name);
  if (typeof name !== 'string' || !parts || !isKind(data, 'tuple'))
    return machine.fail('a sparse tensor of an unknown layout');
  const object = inert(name, []);
  data.items.forEach((item, i) => object.entries.set(parts[i] ?? i, item));
  return object;
}

/** `(function, class, its arguments, state)`: a tensor of a subclass. */
function subclass([rebuild, type, args, state]: readonly Value[], machine: Machine): Value | Promise<Value> {
  const construct = isKind(rebuild, 'global') ? rebuild.construct : undefined;
  if (!construct || construct === subclass || !isKind(args, 'tuple')) {
    return inert(isKind(type, 'global') ? type.name : 'object', [args, state]);
  }
  return construct(args.items, machine);
}
