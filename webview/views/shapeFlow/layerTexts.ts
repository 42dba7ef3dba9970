import { formatShape, type Operation } from '../../../engine';
import { t } from '../../l10n';
import type { Describe, Facts, StepText } from './facts';

/** The operations of the layers that move no windows. */
export const LAYER_TEXTS = {
  mask: ({ inputs: [x] }) => ({
    title: 'mask',
    sentence: t('Marks where {0} is 0 or less: there the layer is shut.', x),
    formulas: [`mask = ${x} ≤ 0`],
  }),
  relu: ({ outputs: [out] }) => ({
    title: 'relu',
    sentence: t('Lets {0} through where the mask is open and gives 0 where it is shut.', 'x'),
    formulas: [`${out} = max(0, x)`],
  }),
  leakyrelu: ({ outputs: [out] }) => ({
    title: 'leaky relu',
    sentence: t('Lets {0} through where the mask is open and only a small part of it where it is shut.', 'x'),
    formulas: [`${out} = where(mask, alpha · x, x)`],
  }),
  exp: ({ layer, inputs: [x] }) =>
    layer.kind === 'sigmoid'
      ? {
          title: 'exp(−x)',
          sentence: t(
            'Takes e to the power of −x of every cell: large where x is negative, near 0 where it is large.',
          ),
          formulas: [`exp = exp(−${x})`],
        }
      : {
          title: 'exp',
          sentence: t('Takes e to the power of every cell: all become positive, and the largest of a row 1.'),
          formulas: [`exp = exp(${x})`],
        },
  sigmoid: ({ inputs: [exp], outputs: [out] }) => ({
    title: 'sigmoid',
    sentence: t('Squeezes every cell between 0 and 1.'),
    formulas: [`${out} = 1 / (1 + ${exp})`],
  }),
  tanh: ({ inputs: [x], outputs: [out] }) => ({
    title: 'tanh',
    sentence: t('Squeezes every cell between −1 and 1.'),
    formulas: [`${out} = tanh(${x})`],
  }),
  dropout: () => ({
    title: 'dropout',
    sentence: t(
      'Nothing is dropped in inference. Where training did not make up for what it dropped, x is scaled down here.',
    ),
    formulas: [],
  }),
  normalise: ({ inputs: [x, mean, variance], outputs: [xn] }) => ({
    title: 'normalise',
    sentence: t(
      'Takes the running mean of its channel from every cell and divides by the running standard deviation.',
    ),
    formulas: [`${xn} = (${x} − ${mean}) / √(${variance} + eps)`],
  }),
  scale: ({ inputs: [gamma, xn], outputs: [scaled] }) => ({
    title: '· gamma',
    sentence: t('Multiplies every channel by its own number in {0}.', gamma),
    formulas: [`${scaled} = ${gamma} · ${xn}`],
  }),
  shift: ({ inputs: [scaled, beta], outputs: [out] }) => ({
    title: '+ beta',
    sentence: t('Adds to every channel its own number in {0}.', beta),
    formulas: [`${out} = ${scaled} + ${beta}`],
  }),
  add: ({ inputs, outputs: [out] }) => ({
    title: 'add',
    sentence: t('Adds the cells at the same place of {0} arrays.', inputs.length),
    formulas: [`${out} = ${inputs.join(' + ')}`],
  }),
  concat: ({ inputs, outputs: [out], shape }) => ({
    title: 'concat',
    sentence: t('Puts {0} arrays behind one another; no number changes.', inputs.length),
    formulas: [`${inputs.map(name => formatShape(shape(name))).join(', ')} → ${formatShape(shape(out))}`],
  }),
  center: ({ inputs: [x], outputs: [max, shifted] }) => ({
    title: '− max',
    sentence: t(
      'Takes the largest cell of a row from all of them: softmax stays the same, and exp cannot overflow.',
    ),
    formulas: [`${shifted} = ${x} − ${max}`],
  }),
  total: ({ inputs: [exp], outputs: [sum], shape }) => ({
    title: 'sum',
    sentence: t('Adds up the cells of every row.'),
    formulas: [`${formatShape(shape(exp))} → ${formatShape(shape(sum))}`],
  }),
  divide: ({ inputs: [exp, sum], outputs: [y] }) => ({
    title: '/ sum',
    sentence: t('Divides every cell by the sum of its row: the row adds up to 1, as probabilities do.'),
    formulas: [`${y} = ${exp} / ${sum}`],
  }),
  oneHot: ({ inputs: [labels], outputs: [oneHot], shape }) => ({
    title: 'one-hot',
    sentence: t('Makes a row of every class number: 1 at the class, 0 everywhere else.'),
    formulas: [`${formatShape(shape(labels))} → ${formatShape(shape(oneHot))}`],
  }),
  log: ({ inputs: [sum, shifted], outputs: [nll] }) => ({
    title: '− log y',
    sentence: t(
      'How surprised one must be by every class: −log y, taken from the sum so that no y is too small for it.',
    ),
    formulas: [`${nll} = log(${sum}) − ${shifted}`],
  }),
  crossEntropy: ({ inputs: [target, nll], outputs: [, losses], shape }) => ({
    title: 'cross entropy',
    sentence: t(
      'The loss of a sample is −log y of its class; the mean over all {0} samples comes out.',
      shape(losses)[0],
    ),
    formulas: [`${losses} = Σ ${target} · ${nll}`, `out = Σ ${losses} / ${shape(losses)[0]}`],
  }),
  dx: ({ inputs: [dout, W], outputs: [dx], shape }) => ({
    title: 'dx',
    sentence: t(
      '{0} · {1}ᵀ: every input gets the gradients of the outputs it went into, times the weights.',
      dout,
      W,
    ),
    formulas: [`${formatShape(shape(dout))} · ${formatShape(shape(W))}ᵀ = ${formatShape(shape(dx))}`],
  }),
  drelu: ({ inputs: [dout] }) => ({
    title: 'drelu',
    sentence: t('Lets {0} through where the mask is open and gives 0 where it is shut.', dout),
    formulas: [`dx = where(mask, 0, ${dout})`],
  }),
  dleakyrelu: ({ inputs: [dout] }) => ({
    title: 'd leaky relu',
    sentence: t(
      'Lets {0} through where the mask is open and only a small part of it where it is shut.',
      dout,
    ),
    formulas: [`dx = where(mask, alpha · ${dout}, ${dout})`],
  }),
  dsigmoid: ({ inputs: [dout, out] }) => ({
    title: 'dsigmoid',
    sentence: t(
      'Multiplies the gradient by the slope of the curve, which is steepest where out is 0.5 and flat at both ends.',
    ),
    formulas: [`dx = ${dout} · (1 − ${out}) · ${out}`],
  }),
  dtanh: ({ inputs: [dout, out] }) => ({
    title: 'dtanh',
    sentence: t(
      'Multiplies the gradient by the slope of the curve, which is steepest where out is 0 and flat at both ends.',
    ),
    formulas: [`dx = ${dout} · (1 − ${out}²)`],
  }),
  ddropout: ({ inputs: [dout] }) => ({
    title: 'ddropout',
    sentence: t('{0} goes back as x came forward: nothing is dropped.', dout),
    formulas: [],
  }),
  dbeta: ({ inputs: [dout], outputs: [dbeta], shape }) => ({
    title: 'dbeta',
    sentence: t(
      'beta was added to every cell of a channel, so its gradient is the sum of {0} over the channel.',
      dout,
    ),
    formulas: [`${formatShape(shape(dout))} → ${formatShape(shape(dbeta))}`],
  }),
  dgamma: ({ inputs: [dout, xn] }) => ({
    title: 'dgamma',
    sentence: t(
      'gamma was multiplied by every cell of a channel, so its gradient is the sum of their products.',
    ),
    formulas: [`dgamma = Σ ${dout} · ${xn}`],
  }),
  dscale: ({ inputs: [dout, gamma], outputs: [dxn] }) => ({
    title: 'dscale',
    sentence: t('Multiplies every channel by its own number in {0}.', gamma),
    formulas: [`${dxn} = ${dout} · ${gamma}`],
  }),
  dnormalise: ({ inputs: [dxn, variance], outputs: [dx] }) => ({
    title: 'dnormalise',
    sentence: t(
      'Divides by the standard deviation; mean and variance are fixed numbers in inference and get no gradient.',
    ),
    formulas: [`${dx} = ${dxn} / √(${variance} + eps)`],
  }),
  dadd: ({ inputs: [dout], outputs }) => ({
    title: 'dadd',
    sentence: t('All of {0} goes back to each of the {1} arrays that were added.', dout, outputs.length),
    formulas: [],
  }),
  dconcat: ({ inputs: [dout], outputs, shape }) => ({
    title: 'dconcat',
    sentence: t('{0} is cut up again: each array gets the part that came from it.', dout),
    formulas: [`${formatShape(shape(dout))} → ${outputs.map(name => formatShape(shape(name))).join(', ')}`],
  }),
  dsoftmax: ({ inputs: [dout, out] }) => ({
    title: 'dsoftmax',
    sentence: t(
      'A row adds up to 1: what one cell gains the others lose, so the weighted mean of the gradients is taken away.',
    ),
    formulas: [`dx = ${out} · (${dout} − Σ ${dout} · ${out})`],
  }),
  dcrossEntropy: ({ inputs: [dout, y, target], shape }) => ({
    title: 'dloss',
    sentence: t('The gradient is what was said minus what is true, shared out over the batch.'),
    formulas: [`dx = ${dout} · (${y} − ${target}) / ${shape(y)[0]}`],
  }),
} satisfies Partial<Record<Operation, Describe>>;

/** The same numbers in the same order under another shape. */
export function describeReshape({ inputs: [before], outputs: [after], shape }: Facts): StepText {
  return {
    title: 'reshape',
    sentence: t('The numbers stay in their order and are counted off to other axes; no number changes.'),
    formulas: [`${formatShape(shape(before))} → ${formatShape(shape(after))}`],
  };
}

/** The axes in another order. */
export function describeTranspose({ inputs: [before], outputs: [after], shape }: Facts): StepText {
  return {
    title: 'transpose',
    sentence: t('The axes change places; no number changes.'),
    formulas: [`${formatShape(shape(before))} → ${formatShape(shape(after))}`],
  };
}
