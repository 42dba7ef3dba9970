import type { LayerInfo, Shape } from '../../../engine';

/** A step in words. */
export interface StepText {
  /** Two or three words for the chip in the shape flow. */
  readonly title: string;
  /** What the step does, with its numbers. */
  readonly sentence: string;
  /** The arithmetic of the shapes. */
  readonly formulas: readonly string[];
}

/** What the templates of an operation are filled with. */
export interface Facts {
  readonly layer: LayerInfo;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly shape: (array: string) => Shape;
}

/** The words for an operation. */
export type Describe = (facts: Facts) => StepText;
