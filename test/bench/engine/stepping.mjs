// node stepping.mjs: steps through networks without VS Code, with the kernels as the product's workers have them, and prints
// the rows of the table.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { repository } from '../../host/paths.mjs';
import { residualNetwork, simpleConvNet } from '../networks.mjs';
import { median, quantile } from '../statistics.mjs';
import { loadParts } from './built.mjs';

const engine = await loadParts();
await engine.loadKernels(pathToFileURL(join(repository, 'dist/')));
await engine.loadValueLoops();

const PASSES = 3;
/** What the extension keeps unless its setting says otherwise. */
const BUDGET = 1e9;
/** The scopes that a debugger opens by itself; the others are marked as expensive. */
const OPEN_SCOPES = /** @type {const} */ (['input', 'parameters', 'output']);

/** @param {import('../../../engine').Network} network @param {number} batch */
function start(network, batch) {
  return engine.startNetwork(network, {
    batch,
    parameters: new Map(),
    budget: BUDGET,
    seed: 1,
    dtype: 'float32',
  });
}

/** @param {import('../../../engine/layers').RunningLayer} layer */
async function makeParameters({ trace, dparameters }) {
  for (const role of Object.keys(dparameters)) await engine.rangeOf(engine.arrayOf(trace, role).source);
}

/** @param {() => unknown} work @returns {Promise<number>} milliseconds */
async function time(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * Every step through SimpleConvNet, forward and back, with the ranges that value lines show; then all of them taken back.
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
async function steps() {
  /** @type {Map<string, number[]>} */
  const over = new Map();
  /** @type {number[]} */
  const back = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const run = start(simpleConvNet(), 100);
    // Reading files is measured elsewhere, and random weights are no part of a step.
    await run.input.get();
    for (const index of run.network.layers.keys()) await makeParameters(run.layer(index));
    const session = engine.createSession(run, { backward: true });
    const show = async () => {
      for (const scope of OPEN_SCOPES)
        for (const { value } of await session.variables('layer', scope))
          if (value.kind === 'array') await engine.rangeOf(value.source);
    };
    for (let ended = false; !ended;) {
      const took = await time(async () => {
        await session.step('over');
        await show();
      });
      const { reason, position } = session.stop;
      ended = reason === 'end';
      const where = `${position.direction} ${run.network.layers[position.layer].name}`;
      if (!ended) over.set(where, [...(over.get(where) ?? []), took]);
    }
    while (session.stop.reason !== 'start') {
      back.push(
        await time(async () => {
          await session.step('back');
          await show();
        }),
      );
    }
    session.dispose();
  }
  const slowest = [...over].map(([where, times]) => ({ where, took: median(times) }));
  slowest.sort((a, b) => b.took - a.took);
  return [
    {
      what: 'SimpleConvNet, batch of 100: step over',
      value: slowest[0].took,
      unit: 'ms',
      wanted: '≤ 50',
      note: slowest
        .slice(0, 4)
        .map(({ where, took }) => `${where} ${took.toFixed(0)}`)
        .join(', '),
    },
    { what: '  step back', value: quantile(back, 0.95), unit: 'ms', wanted: '≤ 20', note: '95 %' },
  ];
}

/**
 * A residual network at 224×224, forward: under a session and without one.
 * @returns {Promise<import('../report.mjs').Row[]>}
 */
async function forward() {
  const network = residualNetwork();
  const parameters = new Map();
  /** @type {number[]} */
  const analyses = [];
  for (let i = 0; i < 20; i++) analyses.push(await time(() => engine.analyse(network, parameters, { N: 1 })));
  const last = network.layers.length - 1;
  /** @type {number[]} */
  const alone = [];
  /** @type {number[]} */
  const stepped = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const run = start(network, 1);
    alone.push(await time(() => run.layer(last).out.get()));
    run.dispose();
    const session = engine.createSession(start(network, 1), { backward: false });
    stepped.push(await time(() => session.run('onward')));
    session.dispose();
  }
  return [
    {
      what: 'ResNet-50, 224×224: shapes inferred',
      value: median(analyses),
      unit: 'ms',
      wanted: '≤ 20',
      note: `${network.layers.length} layers`,
    },
    {
      what: '  forward in a session, of the time without one',
      value: median(stepped) / median(alone),
      unit: '×',
      wanted: '≤ 1.5',
      note: `${(median(stepped) / 1000).toFixed(1)} s and ${(median(alone) / 1000).toFixed(1)} s`,
    },
  ];
}

console.log(JSON.stringify([...(await steps()), ...(await forward())]));
