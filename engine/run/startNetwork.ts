import { ShapeError } from '../errors';
import { createTensorStore, type LayerOperands, type RunningLayer, type TensorStore } from '../layers';
import {
  analyse,
  bindSizes,
  INPUT,
  isClosed,
  kindOf,
  readAttributes,
  type Analysis,
  type Network,
  type OpenShape,
} from '../network';
import { compactShape, sameShape, type LazyTensor } from '../tensor';
import { outputGradients } from './gradients';
import { layerTypes } from './layerTypes';
import type { NetworkRun, RunOptions } from './networkRun';
import { inputTensor, layerParameters, storedParameters } from './operands';

/**
 * Starts a network. Nothing is read or computed before somebody asks for it.
 * @throws ShapeError if a size of the input besides the batch is left open
 */
export function startNetwork(network: Network, options: RunOptions): NetworkRun {
  return networkRun(network, options, start(network, options));
}

/** What a run is made of. */
interface Parts {
  readonly analysis: Analysis;
  readonly batch: number;
  readonly runnable: number;
  readonly store: TensorStore;
  readonly input: LazyTensor;
  /** Starts a layer, or gives it as it was started. @throws RangeError if it is not runnable */
  layer(index: number): StartedLayer;
  /** The layers that have been started, by position. */
  readonly started: ReadonlyMap<number, StartedLayer>;
}

interface StartedLayer {
  readonly running: RunningLayer;
  readonly operands: LayerOperands;
}

function networkRun(network: Network, options: RunOptions, parts: Parts): NetworkRun {
  const { analysis, batch, runnable, store, input, layer } = parts;
  const stored = new Map<number, ReadonlyMap<string, LazyTensor>>();
  return {
    network,
    analysis,
    batch,
    input,
    runnable,
    layer: index => layer(index).running,
    stored(index) {
      const found = stored.get(index) ?? storedParameters(network.layers[index], options, store.keep);
      stored.set(index, found);
      return found;
    },
    keptBytes: () => store.keptBytes(),
    kept: () => store.kept(),
    withAttributes(index, attributes) {
      const layers = network.layers.map((given, at) => (at === index ? { ...given, attributes } : given));
      const changed = { ...network, layers };
      const next = start(changed, options);
      handOver(changed, index, parts, next);
      store.dispose();
      return networkRun(changed, options, next);
    },
    forget: () => store.clear(),
    dispose: () => store.dispose(),
  };
}

function start(network: Network, options: RunOptions): Parts {
  const { dtype, parameters } = options;
  const { shape } = network.input;
  const [N] = shape;
  const sizes = typeof N === 'string' ? { [N]: options.batch } : {};
  const analysis = analyse(network, parameters, sizes);
  const inputShape = requireClosed(bindSizes(shape, new Map(Object.entries(sizes))));
  const runnable = runnableLayers(network, analysis);
  const [batch = options.batch] = inputShape;

  const store = createTensorStore(options.budget);
  const { keep, isKept } = store;
  const started = new Map<number, StartedLayer>();
  const positions = new Map(network.layers.map(({ name }, index) => [name, index]));
  const input = inputTensor(inputShape, options, keep);
  const gradientOf = outputGradients({
    network,
    runnable,
    keep,
    isKept,
    layer: index => layer(index).running,
  });

  /** The output of a layer, which may not have been started yet. */
  const outputOf = (index: number): LazyTensor => ({
    shape: closed(analysis.layers[index].out),
    dtype,
    async get(signal) {
      await Promise.resolve(); // Layers that only pass on ask one another: a long row is too deep for the stack.
      return layer(index).running.out.get(signal);
    },
  });
  const layer = (index: number): StartedLayer => {
    const known = started.get(index);
    if (known) return known;
    if (index < 0 || index >= runnable) {
      throw new RangeError(`run: layer ${index} cannot run: the first ${runnable} layers can`);
    }
    const given = network.layers[index];
    const sources = given.from.map(name => (name === INPUT ? undefined : positions.get(name)));
    const { parameters: shapes } = analysis.layers[index];
    const out = outputOf(index);
    const operands = {
      inputs: sources.map(source => (source === undefined ? input : outputOf(source))),
      parameters: layerParameters(given, shapes, { ...options, batch }, keep),
      dout: gradientOf(index, out),
    };
    const attributes = readAttributes(kindOf(given.type), given.attributes);
    const running = layerTypes[given.type](given.name, attributes, operands, keep, out.shape);
    started.set(index, { running, operands });
    return { running, operands };
  };
  return { analysis, batch, runnable, store, input, layer, started };
}

/** The input's shape, whose batch is known. @throws ShapeError */
function requireClosed(shape: OpenShape): readonly number[] {
  if (isClosed(shape)) return shape;
  const open = shape.filter(extent => typeof extent === 'string').join(', ');
  throw new ShapeError(
    `run: the input ${compactShape(shape)} leaves ${open} open: give it a number, or an array as the input`,
  );
}

/** Layers before the first that does not fit, or of which too little is known. */
function runnableLayers(network: Network, { layers, problems }: Analysis): number {
  const faulty = new Set(
    problems.filter(({ severity }) => severity === 'error').map(({ place }) => place.layer),
  );
  const first = layers.findIndex(
    ({ out, broken }, index) => broken || !out || !isClosed(out) || faulty.has(index),
  );
  return first < 0 ? network.layers.length : first;
}

/** @throws Error if a size is open: layers of which that is so are not runnable */
function closed(shape: OpenShape | undefined): readonly number[] {
  if (!shape || !isClosed(shape)) throw new Error('internal: a shape that runs has an open size');
  return shape;
}

/** Gives what does not depend on the layer at `index` from one run to the next. */
function handOver({ layers }: Network, index: number, from: Parts, to: Parts): void {
  const changed = new Set([layers[index].name]);
  for (const { name, from: sources } of layers) {
    if (sources.some(source => changed.has(source))) changed.add(name);
  }
  to.store.inherit(to.input, from.input);
  for (const [at, { running, operands }] of [...from.started].sort(([a], [b]) => a - b)) {
    if (at === index || at >= to.runnable) continue;
    const heir = to.layer(at);
    for (const [role, parameter] of Object.entries(operands.parameters)) {
      const own = heir.operands.parameters[role];
      if (sameShape(own.shape, parameter.shape)) to.store.inherit(own, parameter);
    }
    if (!changed.has(layers[at].name)) to.store.inherit(heir.running.out, running.out);
  }
}
