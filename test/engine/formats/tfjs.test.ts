import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { memoryBytes, openTensorFile } from '../../../engine/formats';
import { joinedSource } from '../../../engine/formats/bytes/joinedSource';
import { siblingsIn } from './support/sources';

const folder = 'test/fixtures/formats/tfjs';
const open = (path: string) =>
  openTensorFile(
    readFileSync(`${folder}/${path}/model.json`),
    'model.json',
    undefined,
    siblingsIn(`${folder}/${path}`),
  );

describe('tfjs', () => {
  it('shows what a layers model says of itself', async () => {
    const { format, metadata } = await open('layers');
    assert.equal(format, 'tfjs');
    assert.deepEqual(metadata, [
      { name: 'format', value: 'layers-model' },
      { name: 'generatedBy', value: 'TensorFlow.js tfjs-layers v4.22.0' },
      {
        name: 'layers',
        children: [
          { name: 'conv2d_1', value: 'Conv2D' },
          { name: 'dense_1', value: 'Dense' },
        ],
      },
    ]);
  });

  it('counts the operations of a graph model', async () => {
    const { metadata } = await open('graph');
    assert.deepEqual(metadata?.at(-1), {
      name: 'operations',
      children: [
        { name: 'Placeholder', value: '1' },
        { name: 'Const', value: '2' },
      ],
    });
  });

  it('says how weights are quantised, and reads parts of them', async () => {
    const { tensors, texts } = await open('graph');
    const quantized = tensors[0];
    assert.equal(quantized.dtype, 'float32');
    assert.equal(quantized.storedType, 'uint8 · scale + min');
    assert.equal(quantized.byteLength, 20);
    assert.deepEqual(
      quantized.metadata?.map(({ name }) => name),
      ['scale', 'min'],
    );
    const corner = [
      { start: 3, count: 1, step: 1 },
      { start: 4, count: 2, step: -4 },
    ];
    const whole = (await quantized.read()).data;
    assert.deepEqual([...(await quantized.read(corner)).data], [whole[19], whole[15]]);
    assert.equal(tensors.find(({ name }) => name === 'half')?.storedType, 'float16');
    assert.deepEqual(await texts?.[0].readTexts(corner.map(() => ({ start: 1, count: 1, step: 1 }))), ['猫']);
  });

  it('says which files it needs where they cannot be reached', () =>
    assert.rejects(openTensorFile(readFileSync(`${folder}/layers/model.json`), 'model.json'), {
      message:
        'tfjs: the weights lie in group1-shard1of3.bin, group1-shard2of3.bin, group1-shard3of3.bin beside model.json, which cannot be reached from here; open it from a folder on disk',
    }));

  it('opens no more files than any model has', () => {
    const manifest = [{ paths: new Array<string>(10_001).fill('a.bin'), weights: [] }];
    const model = new TextEncoder().encode(JSON.stringify({ weightsManifest: manifest }));
    return assert.rejects(openTensorFile(model, 'model.json', undefined, siblingsIn(folder)), {
      message: 'tfjs: weightsManifest lists over 10000 files',
    });
  });
});

describe('joinedSource', () => {
  it('reads any range as if the parts were one', async () => {
    const whole = Uint8Array.from({ length: 10 }, (_, i) => i);
    const source = joinedSource(
      [
        [0, 3],
        [3, 3],
        [3, 4],
        [4, 10],
      ].map(([from, to]) => memoryBytes(whole.subarray(from, to))),
    );
    assert.equal(source.size, 10);
    for (let offset = 0; offset <= 10; offset++)
      for (let length = 0; length <= 12; length++)
        assert.deepEqual(
          [...(await source.read(offset, length))],
          [...whole.subarray(offset, offset + length)],
        );
  });
});
