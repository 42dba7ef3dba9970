import { distance } from 'fastest-levenshtein';

/** Letters; nobody mistypes a longer one by a few. */
const MAX_LENGTH = 64;
const MAX_DIFFERENCE = 3;

/** The name that was probably meant: of those that differ in at most half of the letters and in three, the nearest. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  let nearest: string | undefined;
  let least = Math.min(MAX_DIFFERENCE, Math.floor(name.length / 2)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const difference = distance(name.toLowerCase(), candidate.toLowerCase());
    if (difference >= least) continue;
    nearest = candidate;
    least = difference;
  }
  return nearest;
}
