import {
  sizeOf,
  Tensor,
  tensorSource,
  throwIfCancelled,
  windowGeometry,
  type Analysis,
  type Direction,
  type Explanation,
  type LayerTypeName,
  type NetworkRun,
  type Operation,
  type Problem,
  type Step,
  type TraceArray,
} from '../../../engine';

type Move = readonly [operation: Operation, inputs: readonly string[], outputs: readonly string[]];

/** A layer as a session sees it: its arrays are given, computing them is only counted. */
export interface FakeLayer {
  readonly name: string;
  readonly type: LayerTypeName;
  /** By the layer's own names, `x`, `out`, `dout` and `dx` among them. */
  readonly arrays: Readonly<Record<string, Tensor>>;
  readonly forward: readonly Move[];
  readonly backward: readonly Move[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly from?: readonly string[];
}

export interface FakeRun extends NetworkRun {
  /** What has been asked for, in order: `conv1.out`, `conv1.dx`. */
  readonly computed: string[];
  disposed: boolean;
}

interface FakeOptions {
  readonly input?: Tensor;
  /** The first layer that does not fit, with what is wrong. */
  readonly misfit?: Problem;
  /** Called before a layer is computed. */
  readonly before?: (what: string) => Promise<void> | void;
}

/** A run of layers that are not computed. */
export function fakeRun(layers: readonly FakeLayer[], options: FakeOptions = {}): FakeRun {
  const { input = Tensor.arange([1, 1, 2, 2]), misfit, before } = options;
  const computed: string[] = [];
  const lazy = (what: string, tensor: Tensor): NetworkRun['input'] => ({
    shape: tensor.shape,
    dtype: tensor.dtype,
    get: async signal => {
      await before?.(what);
      throwIfCancelled(signal);
      computed.push(what);
      return tensor;
    },
  });
  const running = layers.map(layer => runningLayer(layer, lazy));
  const analysis: Analysis = {
    layers: layers.map(({ name, arrays }, at) => ({
      name,
      inputs: [arrays.x.shape],
      out: arrays.out.shape,
      formulas: [],
      parameters: {},
      parameterCount: 0,
      macs: 0,
      activationBytes: 0,
      broken: misfit?.place.layer === at,
    })),
    problems: misfit ? [misfit] : [],
    totals: { parameterCount: 520, macs: 14_400, peakBytes: 69_120 },
  };
  const run: FakeRun = {
    network: {
      name: 'fake',
      input: { shape: ['N', ...input.shape.slice(1)] },
      params: [],
      layers: layers.map(({ name, type, parameters = {}, from }, at) => ({
        name,
        type,
        from: from ?? [at === 0 ? 'input' : layers[at - 1].name],
        attributes: {},
        parameters,
      })),
    },
    analysis,
    batch: input.shape[0],
    input: lazy('input', input),
    runnable: misfit?.place.layer ?? layers.length,
    layer: index => running[index],
    stored: () => new Map(),
    keptBytes: () => 0,
    forget: () => undefined,
    kept: () => [],
    withAttributes: () => run,
    dispose: () => {
      run.disposed = true;
    },
    computed,
    disposed: false,
  };
  return run;
}

function runningLayer(
  { name, arrays, forward, backward }: FakeLayer,
  lazy: (what: string, tensor: Tensor) => NetworkRun['input'],
): ReturnType<NetworkRun['layer']> {
  const steps = (direction: Direction, moves: readonly Move[]): Step[] =>
    moves.map(([operation, inputs, outputs], at) => ({
      id: `${name}.${direction}.${at}`,
      layer: name,
      operation,
      direction,
      inputs,
      outputs,
    }));
  const named = Object.entries(arrays);
  return {
    trace: {
      info: {
        name,
        kind: 'convolution',
        geometry: windowGeometry('fake', [1, 1, 1, 1], { FN: 1, FH: 1, FW: 1, groups: 1 }, {}),
      },
      arrays: new Map(named.map(([array, tensor]) => [array, traceArray(array, tensor)])),
      forward: steps('forward', forward),
      backward: steps('backward', backward),
    },
    out: lazy(`${name}.out`, arrays.out),
    dx: named.flatMap(([array, tensor]) => (array === 'dx' ? [lazy(`${name}.dx`, tensor)] : [])),
    dparameters: Object.fromEntries(
      named.flatMap(([array, tensor]) =>
        ['dW', 'db'].includes(array) ? [[array.slice(1), lazy(`${name}.${array}`, tensor)]] : [],
      ),
    ),
  };
}

/** Every cell is the sum of itself, twice itself and minus twice itself; the cells of `x` are given. */
function traceArray(name: string, tensor: Tensor): TraceArray {
  return {
    source: tensorSource(name, tensor),
    role: 'out',
    arrangements: {},
    explain: (index): Promise<Explanation> => {
      const cell = { array: name, index, value: tensor.at(...index) };
      if (name === 'x') return Promise.resolve({ cell, rule: 'given', terms: [], termCount: 0 });
      const terms = [1, 2, -2].map(factor => ({
        factors: [cell, { array: 'b', index: [0], value: factor }],
        value: cell.value * factor,
      }));
      return Promise.resolve({ cell, rule: 'sum', terms, termCount: terms.length, sum: cell.value });
    },
  };
}

/** A convolution of one filter, a ReLU and an affine layer without parameters, with 2, 1 and 1 steps each way. */
export function smallLayers(): FakeLayer[] {
  const maps = (value: number): Tensor => Tensor.full([1, 2, 2, 2], value);
  return [
    {
      name: 'conv1',
      type: 'conv',
      parameters: { W: 'W1' },
      arrays: {
        x: Tensor.arange([1, 1, 2, 2]),
        W: Tensor.arange([2, 1, 1, 1]),
        col: Tensor.arange([4, 1]),
        out: Tensor.arange([1, 2, 2, 2]),
        dout: maps(0.5),
        dW: Tensor.arange([2, 1, 1, 1]),
        dx: Tensor.arange([1, 1, 2, 2]),
      },
      forward: [
        ['im2col', ['x'], ['col']],
        ['matmul', ['col', 'W'], ['out']],
      ],
      backward: [
        ['dW', ['col', 'dout'], ['dW']],
        ['col2im', ['dout', 'W'], ['dx']],
      ],
    },
    {
      name: 'relu1',
      type: 'relu',
      arrays: { x: maps(1), out: maps(1), dout: maps(1), dx: maps(1) },
      forward: [['max', ['x'], ['out']]],
      backward: [['dmax', ['dout'], ['dx']]],
    },
    {
      name: 'affine1',
      type: 'affine',
      arrays: {
        x: maps(1),
        out: Tensor.arange([1, sizeOf([2, 3])]),
        dout: Tensor.arange([1, 6]),
        dx: maps(2),
      },
      forward: [['matmul', ['x'], ['out']]],
      backward: [['dcol', ['dout'], ['dx']]],
    },
  ];
}
