import { chromium } from 'playwright-core';
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

/** Headless Chromium; it ends with this process at the latest. */
export function launchBrowser() {
  return chromium.launch({ executablePath: installChromium(), args: flags });
}
