// A VS Code profile of its own: nothing in view but the product, the theme to choose, and gone afterwards.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atExit } from './cleanup.mjs';

/** Themes by the short names of the command line. */
export const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  hc: 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};
/** @typedef {keyof typeof themes} Theme */

/** @param {string} name @returns {name is Theme} */
export function isTheme(name) {
  return Object.hasOwn(themes, name);
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
};

/**
 * @param {'server' | 'desktop'} kind
 * @param {Theme} theme
 */
export function createProfile(kind, theme) {
  const folder = mkdtempSync(join(tmpdir(), 'vscode-profile-'));
  const settingsFile = join(folder, kind === 'server' ? 'data/Machine' : 'User', 'settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  /** Takes effect at once in a VS Code that runs. @param {Theme} name */
  const setTheme = name => {
    writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, 'workbench.colorTheme': themes[name] }));
  };
  setTheme(theme);
  return {
    folder,
    setTheme,
    remove: atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })),
  };
}
