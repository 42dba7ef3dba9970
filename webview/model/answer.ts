import { messageOf } from '../../engine';
/** Something asked of the host: under way, answered, or refused. */
export interface Answer<T> {
  readonly value?: T;
  /** Why there is no value. */
  readonly error?: string;
}

/** Settles a request into what a view can show. */
export async function answerOf<T>(request: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await request };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
