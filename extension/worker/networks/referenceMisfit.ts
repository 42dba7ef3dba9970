import { ShapeError } from '../../../engine';

/** The part of a reference that is wrong; `shape` is that of the input. */
export type ReferencePart = 'array' | 'sample' | 'shape';

/** Why an array of a file cannot be what a network names it for. */
export class ReferenceMisfit extends ShapeError {
  constructor(
    readonly part: ReferencePart,
    message: string,
  ) {
    super(message);
  }
}

/** Does `work`; says at which part of the reference its ShapeErrors are. */
export function at<T>(part: ReferencePart, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ShapeError ? new ReferenceMisfit(part, error.message) : error;
  }
}
