import { bytes, lanes, roundLanes, splat, storeLanes } from './lanes';

/**
 * Rounds NR sums, which lie in two vectors, to T, adds the bias and stores them.
 * @param bias what is added, or 0 for nothing
 */
export function storeRow<T, P>(to: usize, left: v128, right: v128, bias: usize): void {
  left = roundLanes<T, P>(left);
  right = roundLanes<T, P>(right);
  if (bias) {
    const extra = splat<T, T>(bias);
    left = v128.add<T>(left, extra);
    right = v128.add<T>(right, extra);
  }
  storeLanes<T, P>(to, left);
  storeLanes<T, P>(to + lanes<P>() * bytes<T>(), right);
}
