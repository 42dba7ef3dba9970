import type { ParameterListing } from '../analysis';
import type { AttributeValues, LayerTypeName } from '../kinds/kind';
import { INPUT, type Network, type NetworkLayer, type OpenShape, type TensorReference } from '../network';
import { planSizes, type Kernel, type Plan, type Step } from './spatialPlan';
import { readStages, type Stage } from './stages';

/** What is known of a network besides its parameters. */
export interface Known {
  /** Files of the parameters, relative to the network's file. */
  readonly params: readonly string[];
  /** The input's shape; guessed where left out. */
  readonly input?: OpenShape;
  readonly tensor?: TensorReference;
  /** Labels: the network ends in a loss then, otherwise in probabilities. */
  readonly target?: NetworkLayer['target'];
}

/**
 * The network that parameters are probably of: weights of four axes are convolutions, those of two affine layers, and
 * the poolings and pads between them are those with which the sizes meet. Where none do, the usual ones.
 */
export function propose(name: string, listing: NonNullable<ParameterListing>, known: Known): Network {
  const stages = readStages([...listing.values()]);
  const convs = stages.filter(({ type }) => type === 'conv');
  const affines = stages.filter(({ type }) => type === 'affine');
  const { plan, isPooledGlobally } = planOf(convs, affines.at(0), known.input);
  const list = layerList();
  let channels: number | undefined;
  for (const [index, stage] of convs.entries()) {
    addConvolution(list, stage, plan.steps[index], channels);
    [channels] = stage.shape;
  }
  if (isPooledGlobally) list.add('globalavgpool');
  // Keras' maps are (N, H, W, C) and are flattened in that order, which the rows of W follow.
  else if (convs.at(-1)?.wAxes && affines.length > 0) list.add('transpose', { axes: [0, 2, 3, 1] });
  for (const [index, stage] of affines.entries()) {
    list.add('affine', stage.wAxes ? { wAxes: stage.wAxes } : {}, namesOf(stage));
    if (stage.norm) list.add('batchnorm', {}, stage.norm);
    if (index < affines.length - 1) list.add('relu');
  }
  if (affines.length > 0) list.add(known.target ? 'softmaxWithLoss' : 'softmax', {}, {}, known.target);
  const shape = known.input ?? inputShape(convs.at(0), affines.at(0), plan.size);
  return { name, input: { shape, tensor: known.tensor }, params: known.params, layers: list.layers };
}

/** Layers one after the other, each called by its type and a number. */
interface LayerList {
  readonly layers: NetworkLayer[];
  add(
    type: LayerTypeName,
    attributes?: AttributeValues,
    parameters?: Readonly<Record<string, string>>,
    target?: NetworkLayer['target'],
  ): void;
}

function layerList(): LayerList {
  const layers: NetworkLayer[] = [];
  const counts = new Map<string, number>();
  return {
    layers,
    add(type, attributes = {}, parameters = {}, target) {
      const number = (counts.get(type) ?? 0) + 1;
      counts.set(type, number);
      const from = [layers.at(-1)?.name ?? INPUT];
      layers.push({
        name: `${type}${number}`,
        type,
        from,
        attributes,
        parameters,
        ...(target && { target }),
      });
    },
  };
}

function addConvolution(list: LayerList, stage: Stage, { stride, pad, pool }: Step, channels?: number): void {
  const [, C] = stage.shape;
  const groups = channels !== undefined && channels !== C && channels % C === 0 ? channels / C : 1;
  const attributes = {
    stride,
    pad,
    ...(groups > 1 && { groups }),
    ...(stage.wAxes && { wAxes: stage.wAxes }),
  };
  list.add('conv', attributes, namesOf(stage));
  if (stage.norm) list.add('batchnorm', {}, stage.norm);
  list.add('relu');
  if (pool !== 'none')
    list.add('maxpool', { size: 2, stride: 2, ...(pool === 'ceil' && { ceilMode: true }) });
}

function namesOf({ W, b }: Stage): Record<string, string> {
  return b === undefined ? { W } : { W, b };
}

type Size = readonly [size: number, cost: number];

/** Sizes of inputs, and how unusual each is: handwritten digits, small and large photographs. */
const GREY_SIZES: readonly Size[] = [28, 32, 64, 8, 16, 48, 96, 128, 224].map((size, i) => [
  size,
  i === 0 ? 0 : 2,
]);
const COLOUR_SIZES: readonly Size[] = [
  [32, 0],
  [224, 0.5],
  ...[64, 28, 96, 128, 227, 256, 299].map((size): Size => [size, 2]),
];

function planOf(
  convs: readonly Stage[],
  affine: Stage | undefined,
  input: OpenShape | undefined,
): { plan: Plan; isPooledGlobally: boolean } {
  const kernels = convs.map(({ shape: [FN, , window] }, index): Kernel => ({
    window,
    poolsAfter: convs.at(index + 1)?.shape[0] !== FN,
  }));
  const sizes = inputSizes(convs, input);
  const FN = convs.at(-1)?.shape[0];
  const area = FN !== undefined && affine ? affine.shape[0] / FN : undefined;
  const isPooledGlobally = area === 1;
  const side = area === undefined || isPooledGlobally ? undefined : Math.sqrt(area);
  const plan = planSizes(kernels, sizes, side) ?? {
    size: sizes[0][0],
    steps: kernels.map(({ window, poolsAfter }): Step => ({
      stride: 1,
      pad: Math.floor((window - 1) / 2),
      pool: poolsAfter ? 'floor' : 'none',
    })),
  };
  return { plan, isPooledGlobally };
}

function inputSizes(convs: readonly Stage[], input: OpenShape | undefined): readonly Size[] {
  const height = input?.at(-2);
  if (typeof height === 'number') return [[height, 0]];
  return convs.at(0)?.shape[1] === 1 ? GREY_SIZES : COLOUR_SIZES;
}

function inputShape(conv: Stage | undefined, affine: Stage | undefined, size: number): OpenShape {
  if (conv) return ['N', conv.shape[1], size, size];
  return affine ? ['N', affine.shape[0]] : ['N', 1, size, size];
}
