import assert from 'node:assert/strict';
import { findBias } from '../../../extension/run/bias';
import { fitInput } from '../../../extension/run/inputShape';
import { looksLikeWeights } from '../../../extension/run/tensorChoice';

describe('the bias of weights', () => {
  const pairs: [string, string][] = [
    ['W1', 'b1'],
    ['W', 'b'],
    ['w2', 'b2'],
    ['conv1.weight', 'conv1.bias'],
    ['features.0.weight', 'features.0.bias'],
    ['conv/kernel:0', 'conv/bias:0'],
    ['layer_W', 'layer_b'],
    ['weights', 'biases'],
    ['weights', 'bias'],
  ];
  for (const [weights, bias] of pairs) {
    it(`of ${weights} is ${bias}`, () => {
      const tensors = [
        { name: 'other', shape: [6] },
        { name: bias, shape: [6] },
      ];
      assert.equal(findBias(tensors, { name: weights, shape: [6, 1, 3, 3] })?.name, bias);
    });
  }

  it('has one value for each filter, whatever its name', () => {
    const weights = { name: 'W1', shape: [6, 1, 3, 3] };
    assert.equal(findBias([{ name: 'b1', shape: [5] }], weights), undefined);
    assert.equal(findBias([{ name: 'b1', shape: [6, 1] }], weights), undefined);
    assert.equal(findBias([{ name: 'b2', shape: [6] }], weights), undefined);
  });
});

describe('an array as the input of filters', () => {
  const W = [30, 1, 5, 5];
  const RGB = [8, 3, 3, 3];
  /** The shape it gets, or undefined where it does not fit. */
  const shapeFor = (shape: number[], weights: number[], isImage = false): readonly number[] | undefined => {
    const fit = fitInput(shape, weights, isImage);
    return 'shape' in fit ? fit.shape : undefined;
  };

  it('has four axes, or gets those that are missing', () => {
    assert.deepEqual(shapeFor([10, 1, 28, 28], W), [10, 1, 28, 28]);
    assert.deepEqual(shapeFor([10, 28, 28], W), [10, 1, 28, 28], 'samples without a channel axis');
    assert.deepEqual(shapeFor([3, 28, 28], RGB), [1, 3, 28, 28], 'channels without a batch axis');
    assert.deepEqual(shapeFor([28, 28], W), [1, 1, 28, 28]);
    assert.equal(shapeFor([10, 28, 28], RGB), undefined);
    assert.equal(shapeFor([784], W), undefined);
    assert.equal(shapeFor([1, 1, 1, 28, 28], W), undefined);
  });

  it('counts samples on its own first axis only where it has such an axis', () => {
    const batched = (shape: number[], weights: number[]) => {
      const fit = fitInput(shape, weights, false);
      return 'batched' in fit && fit.batched;
    };
    assert.equal(batched([10, 1, 28, 28], W), true);
    assert.equal(batched([10, 28, 28], W), true);
    assert.equal(batched([3, 28, 28], RGB), false);
    assert.equal(batched([28, 28], W), false);
  });

  it('runs in groups where the channels and the filters divide', () => {
    const groups = (shape: number[], weights: number[]) => {
      const fit = fitInput(shape, weights, false);
      return 'groups' in fit ? fit.groups : fit.reason;
    };
    assert.equal(groups([1, 8, 9, 9], [8, 1, 3, 3]), 8);
    assert.equal(groups([1, 6, 9, 9], [4, 3, 3, 3]), 2);
    assert.equal(
      groups([1, 7, 9, 9], [8, 1, 3, 3]),
      'it has 7 channels, W takes 1: x (1,7,9,9), W (8,1,3,3)',
    );
  });

  it('is converted where it is an image, and only then', () => {
    const channels = (isImage: boolean, weights: number[]) => {
      const fit = fitInput([1, 3, 64, 64], weights, isImage);
      return 'channels' in fit ? fit.channels : fit.reason;
    };
    assert.equal(channels(true, [30, 1, 5, 5]), 1);
    assert.equal(channels(true, [30, 3, 5, 5]), 3);
    assert.match(String(channels(true, [30, 16, 5, 5])), /an image has 1 or 3 channels, W takes 16/);
  });
});

describe('a likeness to weights', () => {
  it('is a small window or a telling name', () => {
    assert.equal(looksLikeWeights({ name: 'a', shape: [30, 1, 5, 5] }), true);
    assert.equal(looksLikeWeights({ name: 'conv.weight', shape: [30, 1, 28, 28] }), true);
    assert.equal(looksLikeWeights({ name: 'x', shape: [100, 1, 28, 28] }), false);
    assert.equal(looksLikeWeights({ name: 'W2', shape: [4320, 100] }), false);
    assert.equal(looksLikeWeights({ name: 'W', shape: [0, 1, 5, 5] }), false);
  });
});
