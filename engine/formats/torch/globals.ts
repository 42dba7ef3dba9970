import { NUMPY_GLOBALS } from '../pickle/arrays';
import { JOBLIB_GLOBALS } from '../pickle/joblib';
import type { Constructor, Globals } from '../pickle/values';
import { known, PYTHON_GLOBALS } from '../pickle/python';
import { LEGACY_GLOBALS } from './legacy';
import { TENSOR_GLOBALS } from './tensors';
import { DTYPE_NAMES, STORAGE_NAMES } from './types';

/** A name of `torch` that stands for its only argument. */
const argument: Constructor = ([value = null]) => value;

const TORCH_GLOBALS: readonly (readonly [string, Constructor])[] = [
  ...TENSOR_GLOBALS,
  ...LEGACY_GLOBALS,
  ['torch.Size', argument],
  ['torch.serialization._get_layout', argument],
  // Lists of one type in TorchScript, and a value with the name of its type.
  ...['int', 'double', 'float', 'bool', 'tensor'].map((type): [string, Constructor] => [
    `torch.jit._pickle.build_${type}list`,
    argument,
  ]),
  ['torch.jit._pickle.restore_type_tag', argument],
  ...known(...STORAGE_NAMES, ...DTYPE_NAMES, 'torch.device', 'torch.nn.parameter.Parameter'),
  ...known(
    ...['per_tensor_affine', 'per_tensor_symmetric', 'per_channel_affine', 'per_channel_symmetric'].map(
      scheme => `torch.${scheme}`,
    ),
    'torch.per_channel_affine_float_qparams',
  ),
];

/** Every name that is read as data, in a pickle of any library. */
export const KNOWN_GLOBALS: Globals = new Map([
  ...PYTHON_GLOBALS,
  ...NUMPY_GLOBALS,
  ...JOBLIB_GLOBALS,
  ...TORCH_GLOBALS,
]);
