// Runs in the extension host beside the product and answers the bench over a socket: a line of JSON each way.
const { readFileSync } = require('node:fs');
const { connect } = require('node:net');
const { join } = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { createInterface } = require('node:readline');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { commands, extensions, ViewColumn, window, workspace } = require('vscode');

/** Milliseconds for workers to end, and for the system to take memory back. */
const SETTLING_MS = 2000;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Milliseconds between two looks at the clock. */
const RESOLUTION = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION });

const actions = {
  /** Milliseconds until the extension's module is loaded and `activate` has returned. */
  async activate({ extension }) {
    const found = extensions.getExtension(extension);
    if (found.isActive) throw new Error(`${extension} is active already`);
    const start = performance.now();
    await found.activate();
    return performance.now() - start;
  },
  /** When the command began and when it was done, in milliseconds since 1970. */
  async execute({ command, args }) {
    const began = performance.timeOrigin + performance.now();
    await commands.executeCommand(command, ...args);
    return { began, ended: performance.timeOrigin + performance.now() };
  },
  /** Milliseconds until the script of an empty panel runs, and has said so: what VS Code itself takes. */
  openEmptyPanel() {
    const start = performance.now();
    const panel = window.createWebviewPanel('bench.empty', 'Empty', ViewColumn.One, { enableScripts: true });
    const answered = new Promise(resolve => panel.webview.onDidReceiveMessage(resolve));
    panel.webview.html = '<script>acquireVsCodeApi().postMessage(true)</script>';
    return answered.then(() => performance.now() - start);
  },
  /** Bytes of this process, which holds the worker threads too. */
  memory: () => process.memoryUsage.rss(),
  /** The same once stopped workers are gone and garbage is collected. */
  async settledMemory() {
    await new Promise(resolve => setTimeout(resolve, SETTLING_MS));
    for (let i = 0; i < 3; i++) collectGarbage();
    await new Promise(resolve => setTimeout(resolve, SETTLING_MS));
    return process.memoryUsage.rss();
  },
  /** Bytes that this process has read so far, from any file; NaN where the system does not tell (Linux does). */
  bytesRead() {
    try {
      return Number(/^rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))[1]);
    } catch {
      return NaN;
    }
  },
  watchEventLoop() {
    delay.reset();
    delay.enable();
  },
  /** Longest time in milliseconds that nothing else could run since `watchEventLoop`. */
  longestBlock: () => delay.max / 1e6 - RESOLUTION,
};

exports.activate = () => {
  const [folder] = workspace.workspaceFolders;
  const { port } = JSON.parse(readFileSync(join(folder.uri.fsPath, '.bench.json'), 'utf8'));
  const socket = connect(port, '127.0.0.1');
  createInterface({ input: socket }).on('line', async line => {
    const { id, action, params } = JSON.parse(line);
    const reply = await Promise.resolve(params)
      .then(actions[action])
      .then(
        result => ({ id, result }),
        error => ({ id, error: String(error) }),
      );
    socket.write(`${JSON.stringify(reply)}\n`);
  });
};
