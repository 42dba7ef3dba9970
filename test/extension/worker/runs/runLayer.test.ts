import assert from 'node:assert/strict';
import { Tensor, type Shape } from '../../../../engine';
import type { LayerFile } from '../../../../extension/worker/files/filtersFirst';
import { runLayer } from '../../../../extension/worker/runs/runLayer';
import type { RunRequest } from '../../../../webview/protocol';

describe('a run of a layer', () => {
  const file = (arrays: Readonly<Record<string, Shape>>): LayerFile => ({
    label: 'arrays.npz',
    isImage: false,
    format: 'npz',
    notes: [],
    tensors: Object.entries(arrays).map(([name, shape]) => ({
      name,
      dtype: 'float64',
      shape,
      read: () => Promise.resolve(Tensor.arange(shape, 'float64')),
    })),
  });
  const run = (arrays: Readonly<Record<string, Shape>>, request: Partial<RunRequest> = {}) =>
    runLayer(
      { weights: { file: '', name: 'W' }, input: { file: '', name: 'x' }, ...request },
      () => Promise.resolve(file(arrays)),
      new AbortController().signal,
    );

  it('takes a bias and a gradient with axes of 1 before or without them', async () => {
    const shapes = { W: [2, 1, 2, 2], x: [1, 1, 3, 3], row: [1, 2], dout: [2, 2, 2] };
    const { trace } = await run(shapes, {
      bias: { file: '', name: 'row' },
      dout: { kind: 'file', file: '', name: 'dout' },
    });
    assert.deepEqual(trace.arrays.get('b')?.source.shape, [2]);
    assert.deepEqual(trace.arrays.get('dout')?.source.shape, [1, 2, 2, 2]);
    await assert.rejects(run(shapes, { bias: { file: '', name: 'dout' } }), /b must have the shape \(2,\)/);
  });

  it('says how much memory an input takes that is too large, in the type that is computed in', async () => {
    await assert.rejects(
      run({ W: [1, 1, 3, 3], x: [100, 1, 1024, 1024] }),
      /takes 800 MiB, at most 512 MiB are run/,
    );
  });
});
