/** Text files that stand in the place of a data file. */
const STAND_INS: readonly (readonly [RegExp, (text: string) => string])[] = [
  // Source: git-lfs, docs/spec.md.
  [
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1/,
    text => {
      const size = /^size (\d+)$/m.exec(text)?.[1];
      const bytes = size === undefined ? '' : ` (${size} bytes)`;
      return `this is a Git LFS pointer, the real file${bytes} was not downloaded; run git lfs pull`;
    },
  ],
  [
    /^\s*<(!doctype\s+html|html)\b/i,
    () => 'this is a web page: the download gave a page instead of the file; download it again',
  ],
];

/**
 * What a file is instead of the data that its name promises, and what to do; undefined if it may be data.
 * @param head its first bytes, 512 are enough
 */
export function standInFor(head: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(head);
  return STAND_INS.find(([start]) => start.test(text))?.[1](text);
}

/** Whether these bytes are plain text: none that ends or controls something, except line breaks and tabs. */
export function isText(head: Uint8Array): boolean {
  return head.every(byte => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
