import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CancelledError,
  ExpressionError,
  Tensor,
  tensorSource,
  virtualSource,
  type ArraySource,
} from '../../../engine';
import { evaluate, type Scope } from '../../../engine/session/expression/evaluate';
import { array, toValue } from '../../../engine/session/expression/operand';
import { parseStatement } from '../../../engine/session/expression/parser';
import { hold } from '../../../engine/session/expression/views';

const out = tensorSource('out', Tensor.arange([1, 30, 24, 24]));
const labels = tensorSource('labels', Tensor.arange([4], 'int64'));
const flags = tensorSource('flags', Tensor.full([4], 1, 'bool'));

/** Of 10^12 elements: whoever reads all of it does not come back. */
const huge = virtualSource('huge', 'float32', [1e6, 1e6], ([row, column]) => row + column);

const arrays = new Map<string, ArraySource>([out, labels, flags, huge].map(source => [source.name, source]));

const scope: Scope = {
  lookup: name => {
    const source = arrays.get(name);
    return source && array(source);
  },
  names: [...arrays.keys()],
};

async function valueOf(text: string, signal?: AbortSignal) {
  return toValue(await evaluate(parseStatement(text), scope, signal), signal);
}

describe('errors of expressions', () => {
  const faults: [string, RegExp][] = [
    ['out[:, 50]', /^out\[:, 50\]: index 50 is out of range on axis 1 of \(1, 30, 24, 24\): it has -30…29$/],
    ['1 + out[:, 50].max()', /^out\[:, 50\]: index 50/],
    ['out[0, 0, 0, 0, 0]', /has 5 indices, the array \(1, 30, 24, 24\) has 4 axes/],
    ['out[..., ...]', /more than one '\.\.\.'/],
    ['out[1.5]', /an index must be a whole number, not a number/],
    ['out[out > 0]', /cannot be indexed with an array here: use slices like 0:10:2, or where\(\)/],
    ['out[::0]', /has the step 0/],
    ['out.shape[4]', /^out\.shape\[4\]: index 4 is out of range/],
    ['ouy', /^ouy: there is no such name here; did you mean out\?$/],
    ['out.maxx()', /^out\.maxx: an array has no 'maxx'; did you mean max\?$/],
    ['np.isfinit(out)', /^np\.isfinit: np has no 'isfinit'; did you mean isfinite\?$/],
    ['out.max(axes=1)', /^out\.max\(axes=1\): has no argument 'axes'; did you mean axis\?$/],
    ['out.max(4)', /axis 4 is outside of the 4 axes/],
    ['out.max((1, 1))', /axis 1 is named twice/],
    ['out.max(1, 2, 3)', /takes 2 arguments \(axis, keepdims\), not 3/],
    ['out.max(1, axis=1)', /was given axis twice/],
    ['out.reshape(7, -1)', /has 17280 values: they do not fill \(7,-1\)/],
    ['out.transpose(0, 1)', /\(0,1\) is no order of the axes of \(1,30,24,24\)/],
    ["out.astype('float99')", /takes the name of a dtype/],
    ['out + labels', /the shapes \(1,30,24,24\) and \(4,\) do not fit together \(axis 3\)/],
    ["out + 'x'", /a text is no number and no array of numbers/],
    ["out > 'x'", /a text is no number/],
    ["'a' < 'b'", /a text and a text have no order/],
    ['out & out', /& is for arrays of True and False/],
    ['-flags', /use ~ for arrays of True and False/],
    ['flags - flags', /cannot be subtracted: use \^/],
    ['~labels', /~ is for arrays of True and False/],
    ['not out', /^not out: whether an array with several elements is true is not clear/],
    ['out and 1', /use \.any\(\) or \.all\(\)/],
    ['out()', /an array cannot be called/],
    ['out.max', /max is a function: call it/],
    ['np', /^np is not a value: it has max,/],
    ['3[0]', /a number cannot be indexed/],
    ['(3).shape', /a number has no 'shape'/],
    ['len(3)', /a number has no length/],
    ['out[:0].max()', /max of an array without elements: \(0,30,24,24\)/],
    ['[[1], [1, 2]] + out', /must have the same length/],
    ['(labels ** -1)[0]', /whole numbers cannot be raised to negative powers/],
    ['2 ** 64', /beyond 2\^53/],
    ['18446744073709551616', /beyond 2\^53, .* write 18446744073709551616\.0/],
    ['1 // 0', /division by zero/],
    [
      'huge.flatten()',
      /\(1000000,1000000\) has more than the 16777216 values that are held in memory: slice it first/,
    ],
    ['out[', /a value is expected at character 5, not the end/],
    ['out[0', /'\]' is expected at character 6, not the end/],
    ['out)', /an operator is expected at character 4, not '\)'/],
    ['max(out', /',' or '\)' is expected at character 8, not the end/],
    ['max(axis=1, out)', /a named argument is expected/],
    ['out.', /a name is expected at character 5/],
    ['', /a value is expected at character 1, not the end/],
    ['out $ 2', /'\$' at character 5 cannot stand in an expression/],
    ["saved['x", /the text that begins with ' at character 7 has no end/],
    ['out = 3', /only saved\['name'\] can be set, not out/],
    ['saved[0] = 3', /only saved\['name'\] can be set/],
    ['lambda x: x', /an operator is expected at character 8/],
    ['__proto__', /there is no such name here/],
    ['out.constructor', /an array has no 'constructor'/],
    ['np.__proto__', /np has no '__proto__'/],
  ];
  for (const [text, message] of faults) {
    it(text || 'nothing at all', async () => {
      await assert.rejects(valueOf(text), error => {
        assert.ok(error instanceof ExpressionError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

describe('expressions made to hurt', () => {
  const hostile = {
    'long ones': '1+'.repeat(50_000) + '1',
    'deep brackets': '('.repeat(900) + '1' + ')'.repeat(900),
    'deep indices': 'out['.repeat(400) + '0' + ']'.repeat(400),
    'rows of signs': '-'.repeat(1999) + '1',
    'rows of not': 'not '.repeat(400) + '1',
    'towers of powers': '2**'.repeat(600) + '1',
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`are refused: ${name}`, () => {
      assert.throws(() => parseStatement(text), ExpressionError);
    });
  }

  it('of the longest length have a value', async () => {
    const text = '+1'.repeat(1000).slice(1);
    assert.deepEqual(await valueOf(text), { kind: 'number', value: 1000 });
    const sum = await valueOf(`(${'out+'.repeat(400)}out).max()`);
    assert.deepEqual(sum, { kind: 'number', value: 17_279 * 401, dtype: 'float32' });
  });

  it('of any characters give an expression or an ExpressionError', () => {
    const words = fc.constantFrom(
      ...[
        'out',
        'labels',
        'np',
        '.',
        'max',
        '(',
        ')',
        '[',
        ']',
        ':',
        ',',
        '...',
        '-',
        '**',
        '//',
        '%',
        'not ',
        ' and ',
      ],
      ...[
        '==',
        '<',
        '=',
        '0',
        '1.5',
        '1e',
        '.',
        "'",
        '"a"',
        'saved',
        ' ',
        'é',
        '\u{1f600}',
        '\\',
        '\n',
        '&',
        '~',
      ],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 30 }).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(texts, text => {
        try {
          parseStatement(text);
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of any words have a value or say why not', async () => {
    const words = fc.constantFrom(
      ...[
        'out',
        'labels',
        'flags',
        '.max()',
        '.shape',
        '[0]',
        '[:, 1]',
        '(',
        ')',
        '+',
        '-',
        '*',
        '//',
        '%',
        ' and ',
        ' or ',
      ],
      ...[
        '==',
        '<',
        '0',
        '2',
        '1.5',
        '[1, 2]',
        'abs(',
        'where(',
        ', ',
        'not ',
        '~',
        '&',
        'None',
        'True',
        "'a'",
      ],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { maxLength: 12 }).map(parts => parts.join('')),
        async text => {
          try {
            const value = await valueOf(text);
            if (value.kind === 'array') await hold(value.source);
          } catch (error) {
            if (!(error instanceof ExpressionError)) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('expressions of large arrays', () => {
  it('read the region that is asked for, and no more', async () => {
    const cells = await valueOf('(huge * 2 + 1)[::250000, 3]');
    assert.ok(cells.kind === 'array');
    const tensor = await hold(cells.source);
    assert.deepEqual(Array.from(tensor.numbers()), [7, 500_007, 1_000_007, 1_500_007]);
    assert.deepEqual(await valueOf('huge.T[999999, 0]'), {
      kind: 'number',
      value: 999_999,
      dtype: 'float32',
    });
    assert.deepEqual(await valueOf('(huge[:3] > huge[1, :5].max()).shape'), {
      kind: 'tuple',
      items: [
        { kind: 'number', value: 3 },
        { kind: 'number', value: 1_000_000 },
      ],
    });
  });

  it('stop when they are given up', async () => {
    const abort = new AbortController();
    const sum = valueOf('(huge - 1).sum()', abort.signal);
    setTimeout(() => abort.abort(), 30);
    await assert.rejects(sum, CancelledError);
  });
});
