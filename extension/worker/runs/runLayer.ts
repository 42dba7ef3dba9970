import {
  canBeWeights,
  compactShape,
  Convolution,
  outputShape,
  Pooling,
  poolingGeometry,
  sameShape,
  ShapeError,
  traceLayer,
  type DType,
  type Shape,
  type Tensor,
  type Trace,
} from '../../../engine';
import type { TensorEntry } from '../../../engine/formats';
import type { ArrayReference, RunRequest, UpstreamGradient } from '../../../webview/protocol';
import { findBias } from '../../run/bias';
import { fitInput } from '../../run/inputShape';
import { fileNotes, type RunNote } from '../../run/runNote';
import { chooseTensor } from '../../run/tensorChoice';
import { sumsNotes } from '../kernels/sumsNotes';
import { loadInput } from './loadInput';
import type { LayerFile } from '../files/filtersFirst';
import { checkGradient, makeGradient } from './upstreamGradient';

export interface LayerRun {
  readonly trace: Trace;
  readonly weights: { readonly name: string; readonly file: string };
  readonly input: { readonly name: string; readonly file: string };
  readonly notes: readonly RunNote[];
}

/**
 * Runs the convolution that `request` describes, and its pooling, forward and back.
 * @param open opens a file of the request
 * @throws ShapeError where the choices do not fit one another, FormatError, UnsupportedError, CancelledError
 */
export async function runLayer(
  request: RunRequest,
  open: (file: string) => Promise<LayerFile>,
  signal: AbortSignal,
): Promise<LayerRun> {
  const weightsFile = await open(request.weights.file);
  const W = chooseTensor(weightsFile, request.weights.name, 'W (FN,C,FH,FW)', canBeWeights);
  if (!canBeWeights(W)) {
    throw new ShapeError(
      `conv: W must have the four axes (FN,C,FH,FW), none of them 0: ${W.name} of ${weightsFile.label} is ${compactShape(W.shape)}`,
    );
  }
  const inputFile = await open(request.input.file);
  const { groups: wanted } = request;
  const input = chooseTensor(
    inputFile,
    request.input.name,
    `an input of W ${compactShape(W.shape)}`,
    ({ shape }) => 'shape' in fitInput(shape, W.shape, inputFile.isImage, wanted),
  );
  const loaded = await loadInput(input, inputFile.isImage, W, request.input, wanted, signal);
  const { x } = loaded;
  const bias = await biasEntry(request, weightsFile, W, open);
  const convolution = new Convolution(
    (await W.read(undefined, signal)).astype(x.dtype),
    bias ? (await bias.read(undefined, signal)).reshape(W.shape.slice(0, 1)).astype(x.dtype) : null,
    { stride: request.stride, pad: request.pad, dilation: request.dilation, groups: loaded.groups },
  );
  const pooling = request.pool ? new Pooling(request.pool) : undefined;
  const convShape = outputShape(convolution.geometry(x.shape));
  const outShape = request.pool ? outputShape(poolingGeometry(convShape, request.pool)) : convShape;
  const dout = await upstream(request.dout ?? { kind: 'ones' }, outShape, x.dtype, open, signal);
  return {
    trace: await traceLayer({ x, convolution, pooling, dout }, signal),
    weights: { name: W.name, file: weightsFile.label },
    input: { name: input.name, file: inputFile.label },
    notes: [
      ...(W.storedShape
        ? [{ kind: 'transposed', weights: W.name, from: W.storedShape, to: W.shape } as const]
        : []),
      ...(request.bias === undefined ? [biasNote(W, bias)] : []),
      ...loaded.notes,
      ...sumsNotes(),
      ...fileNotes(new Set([weightsFile, inputFile])),
    ],
  };
}

async function biasEntry(
  { bias }: RunRequest,
  weightsFile: LayerFile,
  W: TensorEntry,
  open: (file: string) => Promise<LayerFile>,
): Promise<TensorEntry | undefined> {
  if (bias === null) return undefined;
  if (bias === undefined) return findBias(weightsFile.tensors, W);
  return namedTensor(await open(bias.file), bias, [W.shape[0]], 'b');
}

function biasNote(W: TensorEntry, bias: TensorEntry | undefined): RunNote {
  return bias ? { kind: 'bias', weights: W.name, bias: bias.name } : { kind: 'noBias', weights: W.name };
}

/** What makes dout when it is first looked at; what is wrong with the choice is said at once. */
async function upstream(
  gradient: UpstreamGradient,
  shape: Shape,
  dtype: DType,
  open: (file: string) => Promise<LayerFile>,
  signal: AbortSignal,
): Promise<() => Tensor> {
  if (gradient.kind !== 'file') {
    checkGradient(gradient, shape);
    return () => makeGradient(gradient, shape, dtype);
  }
  const entry = namedTensor(await open(gradient.file), gradient, shape, 'dout');
  const dout = (await entry.read(undefined, signal)).reshape(shape).astype(dtype);
  return () => dout;
}

/** The tensor a reference means, which must have `shape`; leading axes of extent 1 may be missing. */
function namedTensor(file: LayerFile, reference: ArrayReference, shape: Shape, role: string): TensorEntry {
  const fits = (tensor: TensorEntry): boolean =>
    sameShape(withoutLeadingOnes(tensor.shape), withoutLeadingOnes(shape));
  const wanted = `${role} ${compactShape(shape)}`;
  const entry = chooseTensor(file, reference.name, wanted, fits);
  if (!fits(entry)) {
    throw new ShapeError(
      `conv: ${role} must have the shape ${compactShape(shape)}: ${entry.name} of ${file.label} is ${compactShape(entry.shape)}`,
    );
  }
  return entry;
}

function withoutLeadingOnes(shape: Shape): Shape {
  const first = shape.findIndex(extent => extent !== 1);
  return first < 0 ? [] : shape.slice(first);
}
