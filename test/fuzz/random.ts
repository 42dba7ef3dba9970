/** Pseudorandom whole numbers below a limit, the same for the same seed. */
export type Random = (limit: number) => number;

/** Source: mulberry32 by Tommy Ettinger, public domain. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return limit => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random(choices.length)];
}
