/** @type {Set<() => void>} */
const tasks = new Set();

/**
 * Registers what must be undone however this process ends, Ctrl-C included. Synchronous, since a process that
 * ends waits for nothing.
 * @param {() => void} task
 * @returns {() => void} undoes it now, once
 */
export function atExit(task) {
  tasks.add(task);
  return () => {
    if (tasks.delete(task)) task();
  };
}

process.on('exit', () => {
  for (const task of [...tasks].reverse()) task();
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => process.exit(130));
}
