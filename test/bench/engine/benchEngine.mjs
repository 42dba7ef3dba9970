// The engine: beside its peers, by itself, and as layers grow.
import { execFileSync } from 'node:child_process';
import { table } from '../report.mjs';
import { measureAlone } from './alone.mjs';
import { buildParts, buildPeak } from './build.mjs';
import { compareWithPeers } from './compare.mjs';
import { measureGrowth, plotGrowth } from './growth.mjs';
import { hostNode, installPeers } from './peers.mjs';
import { comparisonCells, markdownTable, plainTable, verdictCells } from './tables.mjs';
import { judge } from './targets.mjs';
import { quick, thorough } from './turns.mjs';

/** Load of a machine that does little else. */
const QUIET = 0.5;

/**
 * Prints what it measures.
 * @param {object} options
 * @param {boolean} options.quick few turns: for a look, not for numbers
 * @param {boolean} options.markdown prints the comparison as the README has it
 * @param {{ cpu: string, cores: number, load: number }} options.machine
 * @returns {Promise<import('./compare.mjs').ComparisonRow[]>}
 * @throws Error if a result is wrong
 */
export async function benchEngine({ quick: isQuick, markdown, machine }) {
  const patience = isQuick ? quick : thorough;
  await buildParts();
  await buildPeak();
  const rows = await compareWithPeers(await installPeers(), patience);
  const formatted = markdown ? markdownTable : plainTable;
  const version = execFileSync(hostNode(), ['--version'], { encoding: 'utf8' }).trim();
  const today = new Date().toISOString().slice(0, 10);
  console.log(
    [
      `${today}, ${machine.cores} × ${machine.cpu}, Node ${version}; medians, and how many times as fast as each we are.`,
      ...(machine.load > QUIET
        ? [`The machine was busy (load ${machine.load.toFixed(1)}): only the ratios count, roughly.`]
        : []),
      formatted(comparisonCells(rows)),
      formatted(verdictCells(judge(rows))),
    ].join('\n\n'),
  );
  console.log(`\n${table(await measureAlone(patience))}`);
  console.log(`\nTime as layers grow, forward, one thread:\n${plotGrowth(await measureGrowth(patience))}\n`);
  return rows;
}
