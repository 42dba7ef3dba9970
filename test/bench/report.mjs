import { cpus, loadavg, totalmem } from 'node:os';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {string} wanted what we want it to be, for the reader: nothing fails here
 * @property {string} [note]
 */

/** What the numbers were measured on. */
export function machine() {
  const [{ model }] = cpus();
  return {
    cpu: model,
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    load: loadavg()[0],
    node: process.version,
  };
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const lines = rows.map(({ what, value, unit, wanted, note = '' }) => [
    what,
    value.toFixed(value < 100 ? 1 : 0),
    unit,
    wanted,
    note,
  ]);
  const widths = [0, 1, 2, 3].map(column => Math.max(...lines.map(line => line[column].length)));
  return lines
    .map(([what, value, unit, wanted, note]) =>
      [
        what.padEnd(widths[0]),
        value.padStart(widths[1]),
        unit.padEnd(widths[2]),
        wanted.padEnd(widths[3]),
        note,
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
