/** More runs than this in one turn tell nothing new. */
const MAX_RUNS = 50;

/**
 * Runs for so many milliseconds, once at least.
 * @param {() => unknown} run a promise is waited for
 * @param {number} milliseconds
 * @returns {Promise<number[]>} milliseconds of each run
 */
export async function timeRuns(run, milliseconds) {
  const times = [];
  for (let total = 0; times.length === 0 || (total < milliseconds && times.length < MAX_RUNS);) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
    total += times[times.length - 1];
  }
  return times;
}
