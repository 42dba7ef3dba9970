/** The user wants the question before this one again. */
export const BACK = Symbol('back');

/** What a question came to: the draft with its answer in it, back, or undefined where the user gave up. */
export type Answer<D> = D | typeof BACK | undefined;

/** Where a question stands, for the title of its quick pick. */
export interface Place {
  readonly step: number;
  readonly totalSteps: number;
}

/** One question about a draft of choices. */
export interface Question<D> {
  /** Whether the answer cannot be inferred from what the draft already says. */
  applies(draft: D): boolean;
  /** Shows what the draft says so far as the present answer. */
  ask(draft: D, place: Place): Promise<Answer<D>>;
}

/**
 * Asks the questions that apply, in order. Back returns to the last one asked; its own answer and all later ones are
 * still in the draft, so that nobody has to answer twice.
 *
 * @returns the completed draft, or undefined if the user gave up
 */
export async function askAll<D>(questions: readonly Question<D>[], start: D): Promise<D | undefined> {
  const asked: number[] = [];
  let draft = start;
  let at = 0;
  while (at < questions.length) {
    const question = questions[at];
    if (!question.applies(draft)) {
      at++;
      continue;
    }
    const remaining = questions.slice(at).filter(later => later.applies(draft)).length;
    const place = { step: asked.length + 1, totalSteps: asked.length + remaining };
    const answer = await question.ask(draft, place);
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      // Back on the first question has no meaning; its quick pick shows no button for it.
      at = asked.pop() ?? at;
    } else {
      draft = answer;
      asked.push(at++);
    }
  }
  return draft;
}
