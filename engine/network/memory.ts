import { INPUT, type NetworkLayer } from './network';

/**
 * Bytes of the outputs alive at once, at most, when the layers run one after the other and an output is let go after
 * the last layer that takes it.
 * @param bytesOf bytes of the output of a layer, or of the input, by name
 */
export function peakBytes(layers: readonly NetworkLayer[], bytesOf: ReadonlyMap<string, number>): number {
  const lastUse = new Map<string, number>();
  layers.forEach(({ from }, index) => from.forEach(name => lastUse.set(name, index)));
  const released = Array.from(layers, (): number => 0);
  for (const [name, index] of lastUse) released[index] += bytesOf.get(name) ?? 0;
  let alive = bytesOf.get(INPUT) ?? 0;
  let peak = alive;
  layers.forEach(({ name }, index) => {
    alive += bytesOf.get(name) ?? 0;
    peak = Math.max(peak, alive);
    alive -= released[index];
    if (!lastUse.has(name)) alive -= bytesOf.get(name) ?? 0;
  });
  return peak;
}
