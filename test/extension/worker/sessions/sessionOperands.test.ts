import assert from 'node:assert/strict';
import { parseNetwork, ShapeError } from '../../../../engine';
import { createOpenFile } from '../../../../extension/worker/files/openFiles';
import { openOperands } from '../../../../extension/worker/sessions/sessionOperands';

describe('operands of a session', () => {
  const { signal } = new AbortController();
  const open = (shape: string, batch?: number) => {
    const { network } = parseNetwork(`{"input": {"shape": ${shape}}, "layers": [{"type": "relu"}]}`);
    return openOperands({ network, files: {}, batch }, createOpenFile(), signal);
  };

  it('have the batch that is asked for, or the one of the file', async () => {
    for (const [shape, asked, batch, first] of [
      ['["N", 4]', undefined, 1, 'N'],
      ['["N", 4]', 10, 10, 'N'],
      ['[3, 4]', undefined, 3, 3],
      ['[3, 4]', 10, 10, 10],
    ] as const) {
      const { network, options } = await open(shape, asked);
      assert.equal(options.batch, batch);
      assert.deepEqual(network.input.shape, [first, 4]);
    }
  });

  it('refuse a batch that is no number of samples', async () => {
    for (const batch of [0, -1, 2.5, NaN]) {
      await assert.rejects(
        open('["N", 4]', batch),
        new ShapeError(`run: the batch is ${batch}, it must be a whole number of at least 1`),
      );
    }
  });
});
