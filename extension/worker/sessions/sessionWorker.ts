// Entry of the worker thread of one session: it reads, computes and steps, and all its memory goes when it is ended.
import { parentPort } from 'node:worker_threads';
import { checkIndex, UnsupportedError } from '../../../engine';
import { serve } from '../../../webview/protocol';
import { arrayHandlers } from '../arrays/arrayHandlers';
import { messagePort } from '../channel/messagePort';
import { kernelHandlers } from '../kernels/kernelHandlers';
import { startSession, type RunningSession } from './runningSession';
import { layerTrace, networkArray } from './sessionArrays';
import { elementBytes } from './sessionBytes';
import type { SessionEvents, SessionRequests } from './sessionRequests';
import { createSessionValues } from './sessionValues';

if (!parentPort) throw new Error('the session worker must be started as a worker thread');

const values = createSessionValues();
const kernels = await kernelHandlers(new URL('..', import.meta.url));
let running: RunningSession | undefined;

const current = (): RunningSession => {
  if (!running) throw new Error('no session was started');
  return running;
};

const tell = serve<SessionRequests, SessionEvents>(messagePort(parentPort), {
  ...kernels,
  ...arrayHandlers(({ array }) => networkArray(current().session.networkRun, array).source),
  'session/start': async (params, signal) => {
    running = await startSession(params, place => tell('session/running', place), signal);
    return running.started;
  },
  'session/move': async movement => {
    values.clear();
    return current().move(movement);
  },
  'session/pause': () => current().pause(),
  'session/breakpoints': breakpoints => current().session.setBreakpoints(breakpoints),

  'layer/get': ({ layer }) => layerTrace(current().session.networkRun, layer),
  'cell/explain': ({ array, index }, signal) => {
    const { explain, source } = networkArray(current().session.networkRun, array);
    checkIndex(index, source.shape);
    return explain(index, signal);
  },
  'scope/names': ({ frame }) => current().session.scopes(frame),
  'scope/variables': async ({ frame, scope }, signal) =>
    values.showAll(await current().session.variables(frame, scope), signal),
  'value/items': ({ handle, start, count }, signal) => values.items(handle, start, count, signal),
  'value/range': ({ handle }, signal) => values.showRange(handle, signal),
  'value/bytes': async ({ expression, frame, offset, count }, signal) => {
    const value = await current().session.evaluate(expression, frame, signal);
    if (value.kind !== 'array') throw new UnsupportedError(`${expression}: only arrays have bytes to show`);
    return elementBytes(value.source, offset, count, signal);
  },
  'expression/evaluate': async ({ expression, frame }, signal) =>
    values.show(await current().session.evaluate(expression, frame, signal), expression, signal),
  'expression/complete': ({ text, frame }) => current().session.complete(text, frame),
  'expression/check': ({ expression }) => current().session.check(expression),
  'function/check': ({ name }) => current().session.checkFunction(name),
});
