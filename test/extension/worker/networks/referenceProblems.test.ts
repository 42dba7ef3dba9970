import assert from 'node:assert/strict';
import { parseNetwork } from '../../../../engine';
import type { ListedFile } from '../../../../extension/worker/networks/chooseInput';
import { referenceProblems } from '../../../../extension/worker/networks/referenceProblems';

const IN: ListedFile = {
  label: 'in.npz',
  isImage: false,
  tensors: [
    { name: 'x', shape: [4, 3, 17, 15] },
    { name: 't', shape: [4] },
    { name: 'cube', shape: [4, 17, 15] },
  ],
  notes: [],
};

/** For each problem of a network, the text it is at, what it says, what it puts there, and the shapes it would set. */
function problemsOf(input: string, target = '{"file": "in.npz", "array": "t"}') {
  const text = `{"input": ${input}, "layers": [{"type": "flatten"}, {"type": "softmaxWithLoss", "target": ${target}}]}`;
  const { network, source } = parseNetwork(text);
  return referenceProblems(network, new Map([['in.npz', IN]])).map(
    ({ place, message, replacement, fixes }) => {
      const { offset, length } = source.rangeOf(place);
      return {
        at: text.slice(offset, offset + length),
        message,
        replacement,
        shapes: fixes.map(fix => fix.out),
      };
    },
  );
}

describe('referenceProblems', () => {
  it('are none of arrays that fit, and of files that are not known', () => {
    assert.deepEqual(
      problemsOf('{"shape": ["N", 3, 17, 15], "file": "in.npz", "array": "x", "sample": 3}'),
      [],
    );
    assert.deepEqual(problemsOf('{"shape": ["N", 3, "H", "W"], "file": "in.npz", "array": "x"}'), []);
    assert.deepEqual(problemsOf('{"shape": ["N", 4], "file": "nope.npz"}', '[1]'), []);
  });

  it('are at the name of an array that the file has not', () => {
    const [problem] = problemsOf('{"shape": ["N", 3, 17, 15], "file": "in.npz", "array": "y"}');
    assert.equal(problem.at, '"y"');
    assert.match(problem.message, /in\.npz: there is no array 'y'; the file has x \(4,3,17,15\), t \(4,\)/);
    const [misspelt] = problemsOf('{"shape": ["N", 17, 15], "file": "in.npz", "array": "cubes"}');
    assert.equal(misspelt.replacement, '"cube"');
  });

  it('are at a shape that the array has not, with the shape that it has', () => {
    const [problem] = problemsOf('{"shape": ["N", 1, 28, 28], "file": "in.npz", "array": "x"}');
    assert.equal(problem.at, '["N", 1, 28, 28]');
    assert.match(problem.message, /x of in\.npz is \(4,3,17,15\), the network takes \(N,1,28,28\)/);
    assert.deepEqual(problem.shapes, [['N', 3, 17, 15]]);
    const [pictures] = problemsOf('{"shape": [2, 1, 28, 28], "file": "in.npz", "array": "cube"}');
    assert.deepEqual(pictures.shapes, [[2, 1, 17, 15]]);
  });

  it('are at samples that are not there', () => {
    const [problem] = problemsOf(
      '{"shape": ["N", 3, 17, 15], "file": "in.npz", "array": "x", "sample": 4}',
      '[1]',
    );
    assert.equal(problem.at, '4');
    const [many] = problemsOf('{"shape": [5, 3, 17, 15], "file": "in.npz", "array": "x"}', '[1]');
    assert.match(many.message, /samples 0…4 cannot be taken/);
    assert.equal(many.at, '"input"');
  });

  it('are those of targets, too', () => {
    const input = '{"shape": ["N", 3, 17, 15]}';
    assert.equal(problemsOf(input, '{"file": "in.npz", "array": "labels"}')[0].at, '"labels"');
    const [rank] = problemsOf(input, '{"file": "in.npz", "array": "x"}');
    assert.equal(rank.at, '"x"');
    assert.match(rank.message, /must be class numbers \(M\) or one-hot \(M,classes\)/);
    assert.equal(problemsOf(input, '{"file": "in.npz", "array": "t", "sample": 9}')[0].at, '9');
  });
});
