import type { WindowGeometry } from '../../conv';
import type { DType, Tensor } from '../../tensor';
import type { Work } from '../work';
import type { Arithmetic, Kernels, KernelSet } from '../kernels';
import type { Matrix } from '../matrix';
import { reference } from '../reference';
import { adam } from './adam';
import { createArena } from './memory/arena';
import { isFloat, variantOf, type Variant } from './arithmetic';
import { biasGradient } from './convolution/biasGradient';
import { convolve } from './convolution/convolution';
import type { Crew } from './crew';
import { convolvePhases, phasesOf, weightGradientOfPhases } from './convolution/dilatedConvolution';
import { inputGradient } from './convolution/inputGradient';
import { mapCells } from './mapCells';
import { matmul, type FloatMatrix } from './product/matmul';
import { poolingKernels } from './pooling/pooling';
import { createResultMemory, withResults } from './memory/resultMemory';
import { turnedConvolution } from './convolution/turnedConvolution';
import { weightGradient } from './convolution/weightGradient';
import { suitsWinogradInputGradient, winogradInputGradient } from './convolution/winogradInputGradient';
import type { Machine } from './memory/workspace';

export interface WasmKernelOptions {
  readonly set: KernelSet;
  readonly arithmetic: Arithmetic;
  /**
   * Whether fast arithmetic may take Winograd's method for 3×3 filters: on unless said otherwise. Its sums differ from
   * those in float64 by some 1e-5 of the largest one, several times as much as without.
   */
  readonly winograd?: boolean;
}

/**
 * Kernels in WebAssembly.
 * @param crew threads with the module of `set`
 * @param arena of their memory
 */
export function createWasmKernels(
  crew: Crew,
  { set, arithmetic, winograd = true }: WasmKernelOptions,
  arena = createArena(crew.memory),
): Kernels {
  const results = createResultMemory(arena);
  const machine: Machine = { set, crew, arena, results };
  const call = <T>(body: (machine: Machine) => Work<T>): Work<T> => withResults(machine, body);
  const phasesFor = (variant: Variant, geometry: WindowGeometry): WindowGeometry | undefined =>
    winograd ? phasesOf(variant, geometry) : undefined;
  function* convolveFloats(
    machine: Machine,
    variant: Variant,
    x: Tensor,
    W: Tensor,
    b: Tensor | null,
    geometry: WindowGeometry,
  ): Work<Tensor> {
    const phases = phasesFor(variant, geometry);
    if (phases) return yield* convolvePhases(machine, variant, x, W, b, geometry, phases);
    return yield* convolve(machine, variant, x, W, b, geometry, winograd);
  }
  return {
    ...reference,
    set,
    arithmetic,
    threads: crew.threads,
    *convolve(x, W, b, geometry) {
      const { dtype } = x;
      if (!areFloats([x, W, b ?? x], dtype)) return yield* reference.convolve(x, W, b, geometry);
      return yield* call(own => convolveFloats(own, variantOf(dtype, arithmetic), x, W, b, geometry));
    },
    *weightGradient(dout, x, geometry) {
      const { dtype } = dout;
      if (!isFloat(x.numbers(), dtype)) return yield* reference.weightGradient(dout, x, geometry);
      const variant = variantOf(dtype, arithmetic);
      const phases = phasesFor(variant, geometry);
      if (phases) return yield* call(own => weightGradientOfPhases(own, variant, dout, x, geometry, phases));
      return yield* call(own => weightGradient(own, variant, dout, x, geometry, winograd));
    },
    *biasGradient(dout) {
      const { dtype } = dout;
      if (!isFloat(dout.numbers(), dtype)) return yield* reference.biasGradient(dout);
      return yield* call(own => biasGradient(own, variantOf(dtype, arithmetic), dout));
    },
    *convolutionInputGradient(dout, W, geometry) {
      const { dtype } = dout;
      if (!isFloat(W.numbers(), dtype)) return yield* reference.convolutionInputGradient(dout, W, geometry);
      const variant = variantOf(dtype, arithmetic);
      if (winograd && suitsWinogradInputGradient(variant, geometry))
        return yield* call(own => winogradInputGradient(own, variant, dout, W, geometry));
      const turned = variant === 'fast' ? turnedConvolution(W, geometry) : undefined;
      if (turned)
        return yield* call(own => convolveFloats(own, variant, dout, turned.W, null, turned.geometry));
      return yield* call(own => inputGradient(own, variant, dout, W, geometry));
    },
    *matmul(a, b, dtype) {
      if (!isFloatMatrix(a, dtype) || !isFloatMatrix(b, dtype)) return yield* reference.matmul(a, b, dtype);
      return yield* call(own => matmul(own, variantOf(dtype, arithmetic), a, b, dtype));
    },
    *mapCells(f, operands, factors) {
      const [{ dtype }] = operands;
      if (!areFloats(operands, dtype)) return yield* reference.mapCells(f, operands, factors);
      return yield* call(own => mapCells(own, variantOf(dtype, arithmetic), f, operands, factors));
    },
    *add(summands, dtype) {
      if (summands.length !== 2 || !areFloats(summands, dtype)) return yield* reference.add(summands, dtype);
      return yield* call(own => mapCells(own, variantOf(dtype, arithmetic), 'add', summands));
    },
    ...poolingKernels(machine),
    *adam(state, gradient, factors) {
      const { dtype } = state.values;
      if (!isFloat(gradient.numbers(), dtype)) return yield* reference.adam(state, gradient, factors);
      return yield* call(own => adam(own, variantOf(dtype, arithmetic), state, gradient, factors));
    },
    place: results.place,
    recycle: results.giveBack,
  };
}

function areFloats(tensors: readonly Tensor[], dtype: DType): boolean {
  return tensors.every(tensor => isFloat(tensor.numbers(), dtype));
}

function isFloatMatrix(matrix: Matrix, dtype: DType): matrix is FloatMatrix {
  return isFloat(matrix.values, dtype);
}
