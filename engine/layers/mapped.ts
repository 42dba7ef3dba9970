import { kernels, paced, type CellFunction, type Factors } from '../kernels';
import { castLazily, type DType, type LazyTensor, type Tensor } from '../tensor';

/**
 * What computes all cells of an array of those at the same positions: see Kernels.mapCells.
 * @param operands are asked for one after another: dout comes first, as LayerOperands has it
 * @param factors makes those of the function
 */
export function mapped(
  dtype: DType,
  f: CellFunction,
  operands: readonly LazyTensor[],
  factors?: (signal?: AbortSignal) => Promise<Factors>,
): (signal?: AbortSignal) => Promise<Tensor> {
  return async signal => {
    const tensors: Tensor[] = [];
    for (const operand of operands) tensors.push(await castLazily(operand, dtype).get(signal));
    return paced(kernels().mapCells(f, tensors, await factors?.(signal)), signal);
  };
}
