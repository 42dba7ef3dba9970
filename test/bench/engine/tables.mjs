// The comparison as text, and as Markdown for the README.

/** @typedef {import('./compare.mjs').ComparisonRow} ComparisonRow */

/** @type {import('./peers.mjs').PeerName[]} */
const peerNames = ['onnxruntime-web', 'tfjs-wasm', 'onnxruntime-node', 'pytorch', 'numpy'];

/** Milliseconds. @param {number} time */
const milliseconds = time => (time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0));
/** @param {number} value */
const times = value => `${value < 10 ? value.toFixed(2) : value.toFixed(0)}×`;

/**
 * Our milliseconds, and those of the peers with how many times as fast we are.
 * @param {readonly ComparisonRow[]} rows
 */
export function comparisonCells(rows) {
  const shown = peerNames.filter(name => rows.some(({ peers }) => name in peers));
  return [
    ['layer', 'direction', 'threads', 'ours, ms', ...shown],
    ...rows.map(({ layer, direction, threads, ours, peers }) => [
      layer,
      direction,
      String(threads),
      milliseconds(ours),
      ...shown.map(name => {
        const time = peers[name];
        return time === undefined ? '–' : `${milliseconds(time)} (${times(time / ours)})`;
      }),
    ]),
  ];
}

/** How far the targets are met. @param {readonly import('./targets.mjs').Verdict[]} verdicts */
export function verdictCells(verdicts) {
  return [
    ['as fast as', 'direction', 'threads', 'mean', 'required → goal', 'met', 'worst layer'],
    ...verdicts.map(({ target, threads, mean, worst, worstLayer, met }) => [
      target.layer ? `${target.peer} on ${target.layer}` : target.peer,
      target.direction,
      String(threads),
      times(mean),
      `${target.required}× → ${target.goal}×`,
      met,
      `${times(worst)} ${worstLayer}`,
    ]),
  ];
}

/** In columns. @param {readonly (readonly string[])[]} cells the first row is the head */
export function plainTable(cells) {
  const widths = cells[0].map((_, column) => Math.max(...cells.map(row => row[column].length)));
  return cells
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {readonly (readonly string[])[]} cells the first row is the head */
export function markdownTable(cells) {
  const [head, ...rows] = cells.map(row => `| ${row.join(' | ')} |`);
  return [head, `| ${cells[0].map(() => '---').join(' | ')} |`, ...rows].join('\n');
}
