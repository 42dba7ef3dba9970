import type { DType } from '../../tensor';
import type { Arithmetic, Kernels, KernelSet } from '../kernels';
import type { Matrix } from '../matrix';
import { reference } from '../reference';
import { createArena } from './arena';
import { variantOf } from './arithmetic';
import type { Crew } from './crew';
import { matmul, type FloatMatrix } from './matmul';
import { inWorkspace, type Machine } from './workspace';

/**
 * Kernels in WebAssembly.
 * @param crew threads with the module of `set`
 */
export function createWasmKernels(
  crew: Crew,
  { set, arithmetic }: { readonly set: KernelSet; readonly arithmetic: Arithmetic },
): Kernels {
  const machine: Machine = { crew, arena: createArena(crew.memory) };
  return {
    ...reference,
    set,
    arithmetic,
    threads: crew.threads,
    *matmul(a, b, dtype) {
      if (!isFloat(a, dtype) || !isFloat(b, dtype)) return yield* reference.matmul(a, b, dtype);
      return yield* inWorkspace(machine, workspace =>
        matmul(workspace, variantOf(dtype, arithmetic), a, b, dtype),
      );
    },
  };
}

/** Whether the values are of the type that is computed in. What other arrays hold, the reference converts as it reads. */
function isFloat(matrix: Matrix, dtype: DType): matrix is FloatMatrix {
  return dtype === 'float64' ? matrix.values instanceof Float64Array : matrix.values instanceof Float32Array;
}
