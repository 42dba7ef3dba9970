/** Everything that is not to be seen, or turns the text around it: control and format characters, other line ends. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A hostile text as a literal of Python that is this text and nothing else: `'W1'`, `'it\'s'`, `'a\nb'`. */
export function pythonText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replace(INVISIBLE, codeOf);
  return `'${escaped}'`;
}

function codeOf(character: string): string {
  if (character === '\n') return '\\n';
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
