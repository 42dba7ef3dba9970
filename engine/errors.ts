/** What went wrong, in a word that survives the trip through a message channel. */
export type ErrorCode = 'shape' | 'format' | 'unsupported' | 'cancelled' | 'index' | 'expression';

/** Base of every error the engine throws on purpose. Anything else that escapes is a fault in the engine. */
export abstract class EngineError extends Error {
  abstract readonly code: ErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Two shapes, or a shape and an attribute, do not fit. The message names the operation and both shapes. */
export class ShapeError extends EngineError {
  readonly code = 'shape';
}

/** An index or a slice lies outside its array. */
export class IndexError extends EngineError {
  readonly code = 'index';
}

/** An expression cannot be read, or has no value. The message quotes the part that is meant. */
export class ExpressionError extends EngineError {
  readonly code = 'expression';
}

/** A file is not what it claims to be: truncated, garbage, or lying about its sizes. */
export class FormatError extends EngineError {
  readonly code = 'format';

  /**
   * @param format the format being read, e.g. `npy`
   * @param message what is wrong and what the user can do, without the format's name
   * @param offset byte position of the fault in the file, where known
   */
  constructor(
    readonly format: string,
    message: string,
    readonly offset?: number,
    options?: ErrorOptions,
  ) {
    super(`${format}: ${message}${offset === undefined ? '' : ` (at byte ${offset})`}`, options);
  }
}

/** The input is valid, but we do not handle it; the message says what would work instead. */
export class UnsupportedError extends EngineError {
  readonly code = 'unsupported';
}

/** The caller aborted the work. */
export class CancelledError extends EngineError {
  readonly code = 'cancelled';

  constructor() {
    super('cancelled');
  }
}

/** Throws {@link CancelledError} if the work was aborted. Called between pieces of long work. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** What went wrong, in words, of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
