import assert from 'node:assert/strict';
import { assertExplained } from './support/checkExplanation';
import { LAYER_CASES, randomOperands } from './support/layerCases';

describe('layers of a network', () => {
  for (const test of LAYER_CASES) {
    describe(test.title, () => {
      it('has its steps, of arrays that are there', () => {
        const { trace } = test.start(randomOperands(test, 'float32')).layer;
        assert.equal(trace.forward.map(step => step.operation).join(' '), test.forward);
        assert.equal(trace.backward.map(step => step.operation).join(' '), test.backward);
        assert.match(trace.forward[0].inputs[0], /^x0?$/, 'begins with what goes in');
        assert.equal(trace.backward[0].inputs[0], 'dout', 'begins with what comes from above');
        const steps = [...trace.forward, ...trace.backward];
        assert.equal(new Set(steps.map(step => step.id)).size, steps.length);
        const made = steps.flatMap(step => step.outputs);
        assert.equal(new Set(made).size, made.length, 'an array is made once');
        const used = new Set([...made, ...steps.flatMap(step => step.inputs)]);
        assert.deepEqual([...trace.arrays.keys()].sort(), [...used].sort());
      });

      for (const dtype of ['float32', 'float64'] as const) {
        it(`computes nothing before it is read, and nothing backward on the way forward, ${dtype}`, async () => {
          const { layer, asked } = test.start(randomOperands(test, dtype));
          assert.equal(asked.size, 0);
          const out = await layer.out.get();
          assert.deepEqual([out.shape, out.dtype], [test.out, dtype]);
          assert.deepEqual(
            [...asked].filter(name => name.startsWith('d') && name !== 'dot'),
            [],
          );
        });

        it(`explains its cells by numbers that make them, ${dtype}`, async () => {
          const { inputs, parameters = {}, ...rest } = randomOperands(test, dtype);
          const { layer } = test.start({ inputs, parameters, ...rest });
          const names = inputs.length === 1 ? ['x'] : inputs.map((_, i) => `x${i}`);
          await assertExplained(layer, [...names, ...Object.keys(parameters), 'dout']);
        });
      }

      it('has gradients that are right numerically', () => test.gradients(randomOperands(test, 'float64')));
    });
  }
});
