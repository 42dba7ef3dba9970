import { t } from '../l10n';

/** A number of things, with the separators of the display language: `434,090`. */
export function counted(number: number): string {
  return formats().plain.format(number);
}

/** The same in about six characters, for a column: `34.9M`. */
export function brieflyCounted(number: number): string {
  if (number < 1e7) return counted(number);
  return formats().brief.format(number);
}

interface Formats {
  readonly language: string;
  readonly plain: Intl.NumberFormat;
  readonly brief: Intl.NumberFormat;
}

let known: Formats | undefined;

/** Those of the page's language: to make one takes longer than to write a hundred numbers. */
function formats(): Formats {
  const language = document.documentElement.lang;
  if (known?.language !== language) {
    const brief = { notation: 'compact', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
    const made = (options?: Intl.NumberFormatOptions): Intl.NumberFormat =>
      new Intl.NumberFormat(language || undefined, options);
    known = { language, plain: made(), brief: made(brief) };
  }
  return known;
}

export function arraysText(count: number): string {
  return count === 1 ? t('1 array') : t('{0} arrays', counted(count));
}

export function valuesText(count: number): string {
  return count === 1 ? t('1 value') : t('{0} values', counted(count));
}

/** Names are cut here for the page; in a file they may be as long as the file. */
const LONGEST_NAME = 300;

export function cutName(name: string): string {
  return visible(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
}

/** A text whose control characters, also those that turn its direction, are written as Python would: `\u202e`. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, character => {
    const escape = ESCAPES.get(character);
    return escape ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
