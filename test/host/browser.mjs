import { chromium } from 'playwright-core';
import { atExit } from './cleanup.mjs';
import { installChromium } from './install.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Headless Chromium. */
export async function launchBrowser() {
  const browser = await chromium.launch({ executablePath: installChromium(), args: flags });
  const forget = atExit(() => void browser.close());
  browser.on('disconnected', forget);
  return browser;
}
