import assert from 'node:assert/strict';
import {
  startNetwork,
  Tensor,
  type Network,
  type NetworkLayer,
  type RunOptions,
  type StoredTensor,
} from '../../../engine';
import { Convolution, Pooling } from '../../../engine';
import { assertTensor, random } from '../support/arrays';

const layer = (
  name: string,
  type: NetworkLayer['type'],
  from: string[],
  attributes: NetworkLayer['attributes'] = {},
  parameters: Record<string, string> = {},
): NetworkLayer => ({ name, type, from, attributes, parameters });

/** An array of a file that counts how often it is read. */
function stored(name: string, tensor: Tensor): StoredTensor & { reads: number } {
  return {
    name,
    shape: tensor.shape,
    dtype: tensor.dtype,
    reads: 0,
    read() {
      this.reads++;
      return Promise.resolve(tensor);
    },
  };
}

const W1 = random([4, 2, 3, 3], 1);
const b1 = random([4], 2);
const x = random([3, 2, 8, 8], 3);

function network(...layers: NetworkLayer[]): Network {
  return { name: 'test', input: { shape: ['N', 2, 8, 8] }, params: [], layers };
}

function options(change: Partial<RunOptions> = {}): RunOptions {
  return { batch: 3, parameters: new Map(), budget: 2 ** 30, seed: 1, dtype: 'float64', ...change };
}

describe('startNetwork', () => {
  it('runs layers as they run alone, forward and back', async () => {
    const files = [stored('W1', W1), stored('b1', b1)];
    const run = startNetwork(
      network(
        layer('conv1', 'conv', ['input'], { pad: 1 }, { W: 'W1', b: 'b1' }),
        layer('pool1', 'maxpool', ['conv1'], { size: 2 }),
      ),
      options({ input: stored('x', x), parameters: new Map(files.map(file => [file.name, file])) }),
    );
    assert.equal(run.runnable, 2);
    const conv = new Convolution(W1, b1, { pad: 1 });
    const pool = new Pooling({ kind: 'max', size: 2 });
    const out = pool.forward(conv.forward(x));
    assertTensor(await run.layer(1).out.get(), out);
    const dout = Tensor.full(out.shape, 1, 'float64');
    assertTensor(await run.layer(0).dx[0].get(), conv.backward(pool.backward(dout)));
    assertTensor(await run.layer(0).dparameters.W.get(), conv.dW ?? out);
    assert.deepEqual(
      files.map(file => file.reads),
      [1, 1],
    );
  });
});
