import type { Shape } from '../tensor';

interface Shaped {
  readonly shape: Shape;
}

/** Whether an array can be filters W at all: (FN, C, FH, FW), none of them 0. */
export function canBeWeights({ shape }: Shaped): boolean {
  return shape.length === 4 && !shape.includes(0);
}

/** Whether an array can be the input x at all: (N, C, H, W), or as many of these axes as leave a picture. */
export function canBeInput({ shape }: Shaped): boolean {
  return shape.length >= 2 && shape.length <= 4 && !shape.includes(0);
}
