import assert from 'node:assert/strict';
import type { Position } from '../../../engine';
import { positionOf, shownLayer, stepOf } from '../../../webview/network/positions';
import { showingAt } from '../../../webview/network/showing';
import { smallSession, stateOf, summaryOf } from './sessions';

const session = smallSession();
const layer = (index: number) => summaryOf(session.networkRun.layer(index));
const columns = (index: number, position: Omit<Position, 'layer'> | undefined) =>
  showingAt(layer(index), 'name', position && { ...position, layer: index }).columns;

describe('what is on show of a layer', () => {
  it('is what goes in, the parameters and what comes out, where the session stands on the layer', () => {
    assert.deepEqual(columns(0, { direction: 'forward' }), [['x'], ['W'], ['out']]);
    assert.deepEqual(columns(1, { direction: 'forward' }), [['x'], ['out']]);
    assert.deepEqual(columns(2, { direction: 'forward' }), [['x'], ['out']]);
    assert.deepEqual(columns(3, { direction: 'forward' }), [['x'], ['W'], ['out']]);
  });

  it('has the gradient of each below it on the way back', () => {
    assert.deepEqual(columns(0, { direction: 'backward' }), [
      ['x', 'dx'],
      ['W', 'dW'],
      ['out', 'dout'],
    ]);
  });

  it('is about what is made: out, or dx on the way back', () => {
    const result = (direction: Position['direction']) =>
      showingAt(layer(0), 'conv1', { direction, layer: 0 }).result;
    assert.deepEqual([result('forward'), result('backward')], ['out', 'dx']);
  });

  it('is only what has been made by then in an operation', () => {
    assert.deepEqual(columns(0, { direction: 'forward', operation: 0 }), [['x', 'W'], ['col']]);
  });

  it('is its output alone where the session stands on a layer that takes it', () => {
    assert.deepEqual(columns(0, undefined), [['out']]);
  });

  it('finds steps by the position of a session, and back', () => {
    const trace = layer(0);
    const forward = trace.steps.filter(({ direction }) => direction === 'forward').length;
    trace.steps.forEach((step, i) => {
      const position = positionOf(trace, 0, i);
      assert.equal(position.direction, step.direction);
      assert.equal(stepOf(trace, position), i);
    });
    assert.deepEqual(positionOf(trace, 0, forward), { direction: 'backward', layer: 0, operation: 0 });
    assert.equal(stepOf(trace, { direction: 'backward', layer: 0 }), undefined);
  });

  it('is what goes into a layer that does not fit', () => {
    const state = stateOf(session);
    const broken = state.layers.map((summary, i) => (i < 2 ? summary : { ...summary, out: undefined }));
    const at = (position: Position) => shownLayer({ ...state, layers: broken, position });
    assert.equal(at({ direction: 'forward', layer: 1 }), 1);
    assert.equal(at({ direction: 'forward', layer: 2 }), 1);
    assert.equal(at({ direction: 'forward', layer: -1 }), -1);
  });
});
