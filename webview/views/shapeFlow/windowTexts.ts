import {
  formatShape,
  paddedShape,
  paddedSize,
  sizeFormula,
  type LayerInfo,
  type Operation,
  type SpatialAxis,
} from '../../../engine';
import { t } from '../../l10n';
import type { Describe } from './facts';
import { isWindowed } from './kinds';
import { describeReshape, describeTranspose } from './layerTexts';

/** The operations of convolutions and poolings; some of them others have too. */
export const WINDOW_TEXTS = {
  pad: ({ layer, inputs: [x] }) => {
    const { vertical, horizontal } = layer.geometry;
    const filler = layer.kind === 'maxPooling' ? '−∞' : '0';
    return {
      title: 'pad',
      sentence: t('pad puts a frame of {0} around every picture of {1}.', filler, x),
      formulas: [paddedFormula('H', vertical), paddedFormula('W', horizontal)],
    };
  },
  im2col: ({ layer, inputs: [x] }) => {
    const { N, C, vertical, horizontal } = layer.geometry;
    return {
      title: 'im2col',
      sentence: t('im2col makes a row of every {0} window of {1}.', windowWords(layer), x),
      formulas: [
        sizeFormula('H', vertical),
        sizeFormula('W', horizontal),
        t('rows {0}', product({ N, OH: vertical.out, OW: horizontal.out })),
        t('columns {0}', product({ C, FH: vertical.window, FW: horizontal.window })),
      ],
    };
  },
  filters: ({ layer, outputs: [colW], shape }) => ({
    title: 'W → colW',
    sentence: t(
      'Every filter becomes one column of colW: {0} filters, {1} weights each.',
      layer.geometry.FN,
      shape(colW)[0],
    ),
    formulas: [t('rows {0}', tapProduct(layer)), t('columns {0}', `FN = ${layer.geometry.FN}`)],
  }),
  matmul: ({ layer, inputs: [col, colW], outputs: [dot], shape }) => {
    const { groups, FN } = layer.geometry;
    const sentence = t(
      'Every row of {0} times every column of {1}: each cell is a sum of {2} products.',
      col,
      colW,
      shape(colW)[0],
    );
    const grouped = t(
      '{0} groups: {1} filters at a time see {2} of the {3} columns of col.',
      groups,
      FN / groups,
      shape(colW)[0],
      shape(col)[1],
    );
    return {
      title: `· ${colW}`,
      sentence: groups === 1 ? sentence : `${sentence} ${grouped}`,
      formulas: [`${formatShape(shape(col))} · ${formatShape(shape(colW))} = ${formatShape(shape(dot))}`],
    };
  },
  bias: ({ layer, inputs: [dot, b], shape }) => ({
    title: '+ b',
    sentence: t(
      'Adds b[f] to every cell of column f: one number for each of the {0} columns.',
      layer.geometry.FN,
    ),
    formulas: [`${formatShape(shape(dot))} + ${formatShape(shape(b))}`],
  }),
  reshape: facts => {
    const {
      layer,
      inputs: [before],
      outputs: [after],
      shape,
    } = facts;
    if (!isWindowed(layer)) return describeReshape(facts);
    const { N, C, vertical, horizontal } = layer.geometry;
    const formulas = [`${formatShape(shape(before))} → ${formatShape(shape(after))}`];
    if (shape(after).length > 2)
      return {
        title: 'reshape',
        sentence: t(
          'The {0} rows are laid out as N × OH × OW = {1} × {2} × {3} positions; no number changes.',
          shape(before)[0],
          N,
          vertical.out,
          horizontal.out,
        ),
        formulas,
      };
    return {
      title: 'reshape',
      sentence: t('The window of every channel becomes a row of its own; no number changes.'),
      formulas: [...formulas, t('rows {0}', product({ N, OH: vertical.out, OW: horizontal.out, C }))],
    };
  },
  transpose: facts => {
    const {
      layer,
      inputs: [before],
      outputs: [after],
      shape,
    } = facts;
    if (!isWindowed(layer)) return describeTranspose(facts);
    return {
      title: 'transpose',
      sentence: t('The last axis moves forward: a picture for every channel, as the next layer wants it.'),
      formulas: [
        `(N, OH, OW, C) → (N, C, OH, OW)`,
        `${formatShape(shape(before))} → ${formatShape(shape(after))}`,
      ],
    };
  },
  max: ({ layer, outputs, shape }) => ({
    title: 'max',
    sentence: t(
      'Takes the largest of the {0} values of every row; argMax remembers its place (the first, if several are equal).',
      windowSize(layer),
    ),
    formulas: outputs.map(name => `${name} ${formatShape(shape(name))}`),
  }),
  mean: ({ layer }) => ({
    title: 'mean',
    sentence: t('Takes the mean of the {0} values of every row.', windowSize(layer)),
    formulas: [],
  }),
  dmax: ({ inputs: [dout] }) => ({
    title: 'dmax',
    sentence: t(
      'The winner of each window gets the gradient of {0}, every other cell gets 0: it had no say in the result.',
      dout,
    ),
    formulas: [],
  }),
  dmean: ({ layer, inputs: [dout] }) => ({
    title: 'dmean',
    sentence: t(
      'Each of the {0} cells of a window gets an equal share of the gradient {1}.',
      windowSize(layer),
      dout,
    ),
    formulas: [],
  }),
  dout: ({ inputs: [dout], outputs: [rows], shape }) => ({
    title: 'dout → rows',
    sentence: t(
      'The gradient from above is turned into rows, as col and dot have them (transpose and reshape).',
    ),
    formulas: [`${formatShape(shape(dout))} → ${formatShape(shape(rows))}`],
  }),
  db: ({ inputs: [rows], outputs: [db], shape }) => ({
    title: 'db',
    sentence: t('b[f] was added {0} times, so db[f] is the sum of column f of {1}.', shape(rows)[0], rows),
    formulas: [`${formatShape(shape(rows))} → ${formatShape(shape(db))}`],
  }),
  dW: ({ layer, inputs: [rows, gradient], outputs, shape }) => {
    const { N, FN, vertical, horizontal } = layer.geometry;
    const positions = N * vertical.out * horizontal.out;
    const taps = weightsPerFilter(layer);
    return {
      title: 'dW',
      sentence: t(
        '{0}ᵀ · {1}: a weight gathers its input times the gradient over all {2} positions.',
        rows,
        gradient,
        positions,
      ),
      formulas: [
        `(${taps}, ${positions}) · (${positions}, ${FN}) = (${taps}, ${FN})`,
        ...outputs.slice(1).map(name => `→ ${formatShape(shape(name))}`),
      ],
    };
  },
  dcol: ({ inputs, outputs: [dcol], shape }) => ({
    title: 'dcol',
    sentence: t(
      'doutRows · colWᵀ: each cell of col gets the gradient of every filter that read it, times its weight.',
    ),
    formulas: [`${inputs.map(name => formatShape(shape(name))).join(' · ')}ᵀ = ${formatShape(shape(dcol))}`],
  }),
  col2im: ({ layer, inputs: [dcol], shape }) => ({
    title: 'col2im',
    sentence: t(
      'Every row of {0} goes back to the window it came from, one of {1} taps after the other; where windows overlap, gradients add up.',
      dcol,
      windowSize(layer),
    ),
    formulas: [`${formatShape(shape(dcol))} → ${formatShape(paddedShape(layer.geometry))}`],
  }),
  crop: ({ inputs: [before], outputs: [after], shape }) => ({
    title: 'crop',
    sentence: t('The frame that pad had put around is cut off: padding has no gradient to pass on.'),
    formulas: [`${formatShape(shape(before).slice(-4))} → ${formatShape(shape(after))}`],
  }),
} satisfies Partial<Record<Operation, Describe>>;

/** `N·OH·OW = 1·24·24 = 576` */
function product(factors: Readonly<Record<string, number>>): string {
  const values = Object.values(factors);
  const result = values.reduce((left, right) => left * right, 1);
  return `${Object.keys(factors).join('·')} = ${values.join('·')} = ${result}`;
}

function windowSize({ geometry: { vertical, horizontal } }: LayerInfo): number {
  return vertical.window * horizontal.window;
}

function weightsPerFilter(layer: LayerInfo): number {
  return (layer.geometry.C / layer.geometry.groups) * windowSize(layer);
}

function tapProduct({ geometry: { C, groups, vertical, horizontal } }: LayerInfo): string {
  const channels: Record<string, number> = groups === 1 ? { C } : { 'C/groups': C / groups };
  return product({ ...channels, FH: vertical.window, FW: horizontal.window });
}

function windowWords({ geometry: { vertical, horizontal } }: LayerInfo): string {
  const size = `${vertical.window}×${horizontal.window}`;
  const { dilation } = vertical;
  return dilation === 1 && horizontal.dilation === 1
    ? size
    : t('{0} (dilated {1}×{2})', size, dilation, horizontal.dilation);
}

function paddedFormula(letter: 'H' | 'W', axis: SpatialAxis): string {
  return `${letter}: ${axis.before} + ${axis.size} + ${axis.after} = ${paddedSize(axis)}`;
}
