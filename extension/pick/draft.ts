import {
  convolutionGeometry,
  outputShape,
  poolingGeometry,
  ShapeError,
  type Pad,
  type Pair,
  type PoolingOptions,
  type Shape,
  type WindowGeometry,
} from '../../engine';
import type { ArrayReference, RunRequest, UpstreamGradient } from '../../webview/protocol';
import { fitInput } from '../run/inputShape';

/** An array that was chosen, with all that the later questions need to know of it. */
export interface ChosenArray {
  readonly reference: Required<ArrayReference>;
  readonly shape: Shape;
  readonly isImage: boolean;
}

/** What has been answered so far. */
export interface Draft {
  readonly weights?: ChosenArray;
  readonly input?: ChosenArray;
  /** Position in the batch; all of it where undefined. */
  readonly sample?: number;
  readonly stride: Pair;
  readonly pad: Pad;
  readonly dilation: Pair;
  /** Inferred from the channels where undefined. */
  readonly groups?: number;
  readonly pool: PoolingOptions | null;
  readonly dout: UpstreamGradient;
}

export const EMPTY_DRAFT: Draft = {
  stride: 1,
  pad: 0,
  dilation: 1,
  pool: null,
  dout: { kind: 'ones' },
};

/** Weights and input, once both are chosen. @throws ShapeError before */
export function chosen({ weights, input }: Draft): { weights: ChosenArray; input: ChosenArray } {
  if (!weights || !input) throw new ShapeError('conv: choose W and x first');
  return { weights, input };
}

/** Samples in the input, or undefined where none is chosen yet or it has no batch axis. */
export function batchSize({ weights, input, groups }: Draft): number | undefined {
  if (!weights || !input) return undefined;
  const fit = fitInput(input.shape, weights.shape, input.isImage, groups);
  return 'shape' in fit && fit.batched ? fit.shape[0] : undefined;
}

/** Groups of the convolution: those typed, or those that follow from the channels. */
export function groupsOf({ weights, input, groups }: Draft): number {
  if (groups !== undefined || !weights || !input) return groups ?? 1;
  const fit = fitInput(input.shape, weights.shape, input.isImage);
  return 'groups' in fit ? fit.groups : 1;
}

/** The windows of the convolution that the draft describes. @throws ShapeError saying what does not fit */
export function convolutionOf(draft: Draft): WindowGeometry {
  const { weights, input } = chosen(draft);
  const fit = fitInput(input.shape, weights.shape, input.isImage, draft.groups);
  if ('reason' in fit) throw new ShapeError(`conv: x does not fit: ${fit.reason}`);
  const [N, , H, W] = fit.shape;
  const { stride, pad, dilation } = draft;
  const x = [draft.sample === undefined ? N : 1, fit.channels, H, W];
  return convolutionGeometry(x, weights.shape, { stride, pad, dilation, groups: fit.groups });
}

/** Shape of what comes out of the pooling, or of the convolution where there is none. @throws ShapeError */
export function resultShape(draft: Draft): Shape {
  const out = outputShape(convolutionOf(draft));
  return draft.pool ? outputShape(poolingGeometry(out, draft.pool)) : out;
}

/** The request that the finished draft stands for. */
export function requestOf(draft: Draft): RunRequest {
  const { weights, input } = chosen(draft);
  const { sample, stride, pad, dilation, pool, dout } = draft;
  return {
    weights: weights.reference,
    input: { ...input.reference, sample },
    stride,
    pad,
    dilation,
    groups: convolutionOf(draft).groups,
    pool,
    dout,
  };
}
