import { CancelledError } from '../errors';
import type { NetworkRun } from '../run';
import { nextTurn } from '../tensor/nextTurn';
import { arrive, type Finding } from './arrive';
import { changedAttributes } from './attributes';
import { functionFault } from './breakpoints/functionNames';
import { createStops } from './breakpoints/stops';
import { complete } from './complete';
import { checkExpression, evaluateAt } from './evaluateAt';
import { createExplainer } from './explainer';
import { checkPosition, courseOf, middleCell, operationAt } from './ground';
import { scopeAt } from './naming/scopeAt';
import {
  comesBefore,
  layerOf,
  nextOf,
  onward,
  outOf,
  placeOf,
  previousOf,
  reverse,
  START,
} from './positions';
import { createReader } from './reader';
import type { LogLine, Position, Session, SessionOptions, StepKind, Stop } from './session';
import { scopesOf, variablesOf } from './variables';

/** Milliseconds of work between two turns of the event loop, so that a pause arrives. */
const TURN_AFTER = 25;

/**
 * A session on a network with its operands. It stands on the input; nothing has been computed.
 * @param initial belongs to the session from now on, which disposes of it
 */
export function createSession(initial: NetworkRun, options: SessionOptions): Session {
  let run = initial;
  let course = courseOf(run, options.backward);
  let explainer = createExplainer(run);
  const saved = new Map(options.saved);
  const viewpointAt = (position: Position) => ({ run, position, saved });
  const stops = createStops(() => run, createReader(viewpointAt));
  let stop: Stop = { reason: 'entry', position: START, hits: [], logs: [] };
  let reached = START;
  /** Whether it stands on what could not be done: to go on is to try that again. */
  let held = false;
  let moving: Promise<unknown> = Promise.resolve();
  let turned = Date.now();

  const halt = (position: Position, finding: Finding, logs: readonly LogLine[] = []): Stop => {
    held = finding.held ?? false;
    if (placeOf(position, course) > placeOf(reached, course)) reached = layerOf(position);
    const { reason, text, problem, hits = [] } = finding;
    stop = { reason, position, text, problem, hits, logs };
    return stop;
  };

  /** Where shapes that do not fit are no exception, the run ends there: it cannot go on. */
  const caught = (failure: Finding): Finding =>
    failure.problem && !stops.catches('shape') ? { ...failure, reason: 'end' } : failure;

  /** Visits positions until there is a reason to stop at one. Aborted, it stays at the last that it has visited. */
  const walk = async (
    positions: Iterable<Position>,
    end: Finding,
    reversed: boolean,
    signal?: AbortSignal,
  ): Promise<Stop> => {
    let at = stop.position;
    const logs: LogLine[] = [];
    try {
      for (const position of positions) {
        if (Date.now() - turned > TURN_AFTER) {
          await nextTurn(signal);
          turned = Date.now();
        }
        options.onRunning?.(position);
        // Nothing is made on the way in reverse: what is not kept any more waits until it is looked at.
        const arrives = !reversed && position.operation === undefined;
        const failure = arrives ? await arrive(run, position, signal) : undefined;
        if (failure) return halt(position, caught(failure), logs);
        at = position;
        const found = await stops.visit(position, reversed, signal);
        logs.push(...found.logs);
        if (found.finding) return halt(position, found.finding, logs);
      }
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      return halt(at, { reason: 'pause', held: held && at === stop.position }, logs);
    }
    return halt(end.reason === 'end' ? layerOf(at) : at, end, logs);
  };

  const into = async (position: Position): Promise<Position | undefined> => {
    if (position.operation === undefined && course.operations(position) > 0)
      return { ...position, operation: 0 };
    const cell = position.cell ? undefined : middleCell(run, position);
    if (!cell) return nextOf(position, course, await explainer.terms(position));
    const first = { ...position, cell };
    return { ...first, cell: { ...cell, term: Math.min(1, await explainer.terms(first)) } };
  };

  const step = async (kind: StepKind, signal?: AbortSignal): Promise<Stop> => {
    const { position } = stop;
    if (kind === 'out') return halt(outOf(position), { reason: 'step', held });
    if (kind === 'back') {
      const previous = previousOf(position, course);
      return previous ? halt(previous, { reason: 'step' }) : halt(position, { reason: 'start' });
    }
    if (held) return walk([position], { reason: 'step' }, false, signal);
    const next =
      kind === 'into' ? await into(position) : nextOf(position, course, await explainer.terms(position));
    if (!next) return halt(position, { reason: 'end' });
    return next.cell ? halt(next, { reason: 'step' }) : walk([next], { reason: 'step' }, false, signal);
  };

  const runOn = (direction: 'onward' | 'reverse', signal?: AbortSignal): Promise<Stop> => {
    const { position } = stop;
    if (direction === 'reverse') {
      return walk(reverse(position, course, stops.visits), { reason: 'start' }, true, signal);
    }
    const positions = held ? [position] : onward(position, course, stops.visits);
    return walk(positions, { reason: 'end' }, false, signal);
  };

  const goTo = async (wanted: Position, signal?: AbortSignal): Promise<Stop> => {
    const position = checkPosition(run, course, wanted);
    options.onRunning?.(position);
    const failure = await arrive(run, position, signal);
    if (failure || !position.cell) {
      return halt(position, failure ? caught(failure) : { reason: 'goto' });
    }
    const { cell } = position;
    const term = Math.max(0, Math.min(cell.term, await explainer.terms(position)));
    return halt({ ...position, cell: { ...cell, term } }, { reason: 'goto' });
  };

  /** What comes before the layer is kept; a session that has come past it goes back to it. */
  const setAttribute = async (
    layer: number,
    name: string,
    expression: string,
    signal?: AbortSignal,
  ): Promise<Stop> => {
    const { position } = stop;
    const attributes = await changedAttributes(viewpointAt(position), layer, name, expression);
    run = run.withAttributes(layer, attributes);
    course = courseOf(run, options.backward);
    explainer = createExplainer(run);
    const changed: Position = { direction: 'forward', layer };
    if (comesBefore(changed, reached)) reached = { direction: 'forward', layer: layer - 1 };
    if (!comesBefore(changed, position)) return stop;
    halt({ direction: 'forward', layer: layer - 1 }, { reason: 'goto' }); // there it stays if it is paused
    return walk([changed], { reason: 'goto' }, false, signal);
  };

  /** One movement after the other. */
  const afterThat = (movement: () => Promise<Stop>): Promise<Stop> => {
    const moved = moving.then(movement).catch((error: unknown) => {
      if (error instanceof CancelledError) return halt(stop.position, { reason: 'pause', held });
      throw error;
    });
    moving = moved.catch(() => undefined);
    return moved;
  };

  return {
    get networkRun() {
      return run;
    },
    get stop() {
      return stop;
    },
    get reached() {
      return reached;
    },
    operation: position => operationAt(run, position),
    explanation: position => explainer.explanation(position),
    step: (kind, signal) => afterThat(() => step(kind, signal)),
    run: (direction, signal) => afterThat(() => runOn(direction, signal)),
    goTo: (position, signal) => afterThat(() => goTo(position, signal)),
    setBreakpoints: stops.set,
    check: checkExpression,
    checkFunction: name => functionFault(run, name),
    scopes: frame => scopesOf(run, stop.position, frame),
    variables: (frame, scope) => {
      const { position } = stop;
      return variablesOf(run, position, frame, scope, () => explainer.explanation(position));
    },
    evaluate: (expression, frame, signal) =>
      evaluateAt(viewpointAt(stop.position), expression, frame, signal),
    complete: (text, frame) => complete(text, scopeAt(viewpointAt(stop.position), frame)),
    setAttribute: (layer, name, expression, signal) =>
      afterThat(() => setAttribute(layer, name, expression, signal)),
    dispose: () => run.dispose(),
  };
}
