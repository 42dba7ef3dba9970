import assert from 'node:assert/strict';
import { CancelledError } from '../../../../engine';
import { createSketches } from '../../../../webview/inspector/list/sketches';
import type { ArraySketch } from '../../../../webview/protocol';
import { eventually } from '../../../ui/eventually';

const SKETCH: ArraySketch = {
  histogram: [1, 2],
  min: 0,
  max: 1,
  zeros: 1,
  nan: 0,
  posInf: 0,
  negInf: 0,
  seen: 3,
};

/** Sketches whose answers the test gives. */
function bench() {
  const asked: string[] = [];
  const waiting = new Map<
    string,
    { resolve: (sketch: ArraySketch) => void; reject: (error: Error) => void }
  >();
  const sketches = createSketches((name, signal) => {
    asked.push(name);
    return new Promise((resolve, reject) => {
      waiting.set(name, { resolve, reject });
      signal.addEventListener('abort', () => {
        waiting.delete(name);
        reject(new CancelledError());
      });
    });
  });
  const answer = (name: string): void => {
    waiting.get(name)?.resolve(SKETCH);
    waiting.delete(name);
  };
  return { sketches, asked, waiting, answer };
}

describe('sketches', () => {
  it('are asked for once the list rests, three at a time', async () => {
    const { sketches, asked, answer } = bench();
    sketches.want(['x']);
    sketches.want(['a', 'b', 'c', 'd']);
    assert.deepEqual(asked, []);
    await eventually(() => assert.deepEqual(asked, ['a', 'b', 'c']));
    answer('b');
    await eventually(() => assert.deepEqual(asked, ['a', 'b', 'c', 'd']));
    assert.equal(sketches.of('b').value.value, SKETCH);
    assert.deepEqual(sketches.of('a').value, {});
  });

  it('are cancelled when they leave the view, and asked for again when they come back', async () => {
    const { sketches, asked, waiting, answer } = bench();
    sketches.want(['a', 'b']);
    await eventually(() => assert.deepEqual(asked, ['a', 'b']));
    answer('b');
    await eventually(() => assert.ok(sketches.of('b').value.value));
    sketches.want(['c']);
    assert.deepEqual([...waiting.keys()], []);
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual(asked, ['a', 'b'], 'nothing is asked while the list moves');
    sketches.want(['a', 'b']);
    await eventually(() => assert.deepEqual(asked, ['a', 'b', 'a']));
  });

  it('say why there is none, and are not asked for again', async () => {
    const { sketches, asked, waiting } = bench();
    sketches.want(['a', 'b']);
    await eventually(() => assert.equal(asked.length, 2));
    waiting.get('a')?.reject(new Error('npy: truncated'));
    await eventually(() => assert.deepEqual(sketches.of('a').value, { error: 'npy: truncated' }));
    sketches.want(['a', 'b', 'c']);
    await eventually(() => assert.deepEqual(asked, ['a', 'b', 'c']));
  });

  it('are replaced by what is known exactly, which ends the question under way', async () => {
    const { sketches, asked, waiting } = bench();
    sketches.want(['a']);
    await eventually(() => assert.deepEqual(asked, ['a']));
    const exact = { ...SKETCH, nan: 1 };
    sketches.learn('a', exact);
    assert.equal(sketches.of('a').value.value, exact);
    assert.deepEqual([...waiting.keys()], []);
    sketches.want(['a', 'b']);
    await eventually(() => assert.deepEqual(asked, ['a', 'b']));
    assert.equal(sketches.of('a').value.value, exact);
  });

  it('are asked for anew when the array has changed', async () => {
    const { sketches, asked, answer } = bench();
    sketches.want(['a']);
    await eventually(() => assert.deepEqual(asked, ['a']));
    answer('a');
    await eventually(() => assert.ok(sketches.of('a').value.value));
    sketches.forget(['a', 'never seen']);
    assert.deepEqual(sketches.of('a').value, {});
    await eventually(() => assert.deepEqual(asked, ['a', 'a']));
  });
});
