import type { Position } from './session';

/** The layers that a session can stand on, and what there is to step into. */
export interface Course {
  /** Layers that can be stood on, from the first; the input comes before them. */
  readonly layers: number;
  readonly backward: boolean;
  /** Steps of the position's layer in the position's direction. */
  operations(position: Position): number;
}

export const START: Position = { direction: 'forward', layer: -1 };

/** Place of the position's layer in the order in which layers run: the input is 0. */
export function placeOf({ direction, layer }: Position, { layers }: Course): number {
  return direction === 'forward' ? layer + 1 : 2 * layers - layer;
}

/** The last place of the course. */
function lastPlace({ layers, backward }: Course): number {
  return backward ? 2 * layers : layers;
}

/** The position at layer level at a place, `undefined` beyond the ends. */
export function positionAt(place: number, course: Course): Position | undefined {
  if (place < 0 || place > lastPlace(course)) return undefined;
  return place <= course.layers
    ? { direction: 'forward', layer: place - 1 }
    : { direction: 'backward', layer: 2 * course.layers - place };
}

/** Whether a session that stands on a layer has come past another, or to it. */
export function comesBefore(layer: Position, from: Position): boolean {
  if (layer.direction !== from.direction) return layer.direction === 'forward';
  return layer.direction === 'forward' ? layer.layer <= from.layer : layer.layer >= from.layer;
}

/** The position's layer at layer level. */
export function layerOf({ direction, layer }: Position): Position {
  return { direction, layer };
}

/** The same position one level up; at layer level itself. */
export function outOf({ direction, layer, operation, cell }: Position): Position {
  return cell ? { direction, layer, operation } : { direction, layer };
}

/**
 * The next position at the same level, or after the last of a level the next one above; `undefined` at the end.
 * @param terms of the cell that the position is on
 */
export function nextOf(position: Position, course: Course, terms: number): Position | undefined {
  const { operation, cell } = position;
  if (cell) {
    if (cell.term < terms) return { ...position, cell: { ...cell, term: cell.term + 1 } };
    return nextOf(outOf(position), course, 0);
  }
  if (operation !== undefined && operation + 1 < course.operations(position))
    return { ...position, operation: operation + 1 };
  return positionAt(placeOf(position, course) + 1, course);
}

/** The position before at the same level, or before the first of a level the one above; `undefined` at the start. */
export function previousOf(position: Position, course: Course): Position | undefined {
  const { operation, cell } = position;
  if (cell) return cell.term > 1 ? { ...position, cell: { ...cell, term: cell.term - 1 } } : outOf(position);
  if (operation === undefined) return positionAt(placeOf(position, course) - 1, course);
  return operation > 0 ? { ...position, operation: operation - 1 } : outOf(position);
}

/**
 * All positions after `position`, each layer before its operations.
 * @param visits whether an operation is to be visited; cells never are
 */
export function* onward(
  position: Position,
  course: Course,
  visits: (operation: Position) => boolean,
): Generator<Position, void, undefined> {
  let layer: Position | undefined = layerOf(position);
  let first = (position.operation ?? -1) + 1;
  while (layer) {
    for (let operation = first; operation < course.operations(layer); operation++) {
      if (visits({ ...layer, operation })) yield { ...layer, operation };
    }
    first = 0;
    layer = positionAt(placeOf(layer, course) + 1, course);
    if (layer) yield layer;
  }
}

/** All positions before `position`: {@link onward} the other way round. */
export function* reverse(
  position: Position,
  course: Course,
  visits: (operation: Position) => boolean,
): Generator<Position, void, undefined> {
  const { operation: at = -1, cell } = position;
  let layer: Position | undefined = at < 0 ? previousOf(position, course) : layerOf(position);
  let last = at < 0 ? Infinity : cell ? at : at - 1;
  while (layer) {
    for (let operation = Math.min(last, course.operations(layer) - 1); operation >= 0; operation--) {
      if (visits({ ...layer, operation })) yield { ...layer, operation };
    }
    yield layer;
    last = Infinity;
    layer = previousOf(layer, course);
  }
}
