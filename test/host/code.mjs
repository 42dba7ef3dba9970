#!/usr/bin/env node
// Stands in for the desktop VS Code in @vscode/test-electron: takes its command line, opens the server in headless
// Chromium, and exits with the code of the test run.
import { launchBrowser } from './browser.mjs';
import { startServer, workbenchUrl } from './server.mjs';

const args = process.argv.slice(2);
/** @param {string} name */
const value = name => args.find(arg => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const folder = args.find(arg => !arg.startsWith('-'));
if (!folder) throw new Error('code.mjs: name the workspace folder to open');

const server = await startServer();
const browser = await launchBrowser();
const page = await browser.newPage();
await page.exposeFunction(
  'codeAutomationLog',
  (/** @type {string} */ level, /** @type {unknown[]} */ parts) => {
    (level === 'error' ? console.error : console.log)(...parts);
  },
);
await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => process.exit(code));
await page.goto(
  workbenchUrl(server, {
    folder,
    extension: value('extensionDevelopmentPath'),
    tests: value('extensionTestsPath'),
  }),
);
