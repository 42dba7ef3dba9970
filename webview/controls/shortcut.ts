/** How a letter with the platform's command key is written: `Ctrl+C`, on a Mac `⌘C`. */
export function commandText(letter: string): string {
  return navigator.userAgent.includes('Mac OS') ? `⌘${letter}` : `Ctrl+${letter}`;
}
