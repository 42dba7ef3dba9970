import type { DType, Tensor } from '../../tensor';
import type { Matrix } from '../matrix';
import type { Work } from '../work';
import { bytesOf, type Variant } from './arithmetic';
import { packA, product } from './product';
import { inWorkspace, type Floats, type Machine } from './workspace';

/** A matrix of numbers in the memory that kernels can read. */
export type FloatMatrix = Matrix & { readonly values: Floats };

/** out[i, j] = Σ_k a[i, k] · b[k, j]. */
export function* matmul(
  machine: Machine,
  variant: Variant,
  a: FloatMatrix,
  b: FloatMatrix,
  dtype: DType,
): Work<Tensor> {
  const out = machine.results.take([a.rows, b.columns], dtype);
  const values = out.numbers() as Floats;
  const { number } = bytesOf(variant);
  const size = { samples: 1, groups: 1, m: a.rows, n: b.columns, k: a.columns };
  const offsets = (count: number, stride: number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => i * stride * number);
  yield* inWorkspace(machine, function* (workspace) {
    const operand = (values: Floats) => ({ address: workspace.place(values), sampleStep: 0, groupStep: 0 });
    const panels = yield* packA(
      workspace,
      variant,
      size,
      operand(a.values),
      offsets(a.rows, a.rowStride),
      offsets(a.columns, a.columnStride),
    );
    const to = workspace.take(values.byteLength);
    yield* product(
      workspace,
      variant,
      size,
      panels,
      {
        ...operand(b.values),
        depths: workspace.place(offsets(b.rows, b.rowStride)),
        columns: workspace.place(offsets(b.columns, b.columnStride)),
      },
      { address: to, sampleStep: 0, groupStep: 0, rowStep: b.columns * number },
    );
    workspace.read(to, values);
  });
  return out;
}
