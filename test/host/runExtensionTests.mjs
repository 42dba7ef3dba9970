// Runs dist/test/extension inside VS Code: the desktop one that VSCODE_PATH names, a downloaded one when VSCODE_VERSION
// says which, else the VS Code server.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { atExit } from './cleanup.mjs';
import { repository, samples } from './paths.mjs';

const { VSCODE_PATH, VSCODE_VERSION } = process.env;
const downloaded = VSCODE_VERSION && (await downloadAndUnzipVSCode(VSCODE_VERSION));
const workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
atExit(() => rmSync(workspace, { recursive: true, force: true }));
cpSync(samples, workspace, { recursive: true });

process.exitCode = await runTests({
  vscodeExecutablePath: VSCODE_PATH ?? (downloaded || join(repository, 'test/host/code.mjs')),
  extensionDevelopmentPath: repository,
  extensionTestsPath: join(repository, 'dist/test/extension/index.js'),
  launchArgs: [workspace],
});
