import * as vscode from 'vscode';
import { BACK, type Answer, type Place } from './questions';

/** A line of a quick pick. One without a value can be read, not chosen; its detail says why. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

export interface ChoiceOptions<T> {
  readonly place: Place;
  readonly placeholder: string;
  /** Shows the lines, again whenever more is known; the quick pick is busy until it resolves. */
  load(show: (choices: readonly Choice<T>[]) => void, signal: AbortSignal): void | Promise<void>;
  /** Whether a value is the one to start on. */
  isPresent?(value: T): boolean;
  /** A line made from what was typed, where the lines cannot list everything. */
  fromText?(text: string): Choice<T> | undefined;
}

/** A heading between the lines of a quick pick. */
export function heading(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** Lets the user choose one line. */
export async function choose<T>(options: ChoiceOptions<T>): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  const loading = new AbortController();
  configure(pick, options.place);
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;

  let listed: readonly Choice<T>[] = [];
  // The line that has the focus unless the user moves it, and whether that has happened.
  let expected: Choice<T> | undefined;
  let moved = false;
  const show = (choices: readonly Choice<T>[]): void => {
    const focused = pick.activeItems.at(0);
    const typed = options.fromText?.(pick.value);
    const isListed = choices.some(({ label }) => label === typed?.label);
    listed = choices;
    pick.items = typed && !isListed ? [typed, ...choices] : choices;
    const isPresent = ({ value }: Choice<T>): boolean =>
      value !== undefined && options.isPresent?.(value) === true;
    const isFocused = ({ label, description }: Choice<T>): boolean =>
      label === focused?.label && description === focused.description;
    expected = pick.items.find(moved ? isFocused : isPresent);
    if (expected) pick.activeItems = [expected];
    expected ??= pick.items.find(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
  };
  const load = async (): Promise<void> => {
    pick.busy = true;
    try {
      await options.load(show, loading.signal);
    } finally {
      pick.busy = false;
    }
  };

  try {
    return await new Promise<Answer<T>>((resolve, reject) => {
      pick.onDidTriggerButton(() => resolve(BACK));
      pick.onDidHide(() => resolve(undefined));
      pick.onDidChangeValue(() => {
        moved = true;
        if (options.fromText) show(listed);
      });
      pick.onDidChangeActive(([active]) => {
        moved ||= active !== expected;
      });
      pick.onDidAccept(() => {
        const chosen = pick.activeItems.at(0);
        if (chosen?.value !== undefined) resolve(chosen.value);
        else if (chosen) pick.placeholder = vscode.l10n.t('Not possible: {0}', chosen.detail ?? chosen.label);
      });
      pick.show();
      load().catch((error: unknown) => {
        if (!loading.signal.aborted) reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  } finally {
    loading.abort();
    pick.dispose();
  }
}

/** What a typed text means: a value and what follows from it, or why it cannot be. */
export type Reading<T> = { readonly value: T; readonly says: string } | { readonly error: string };

/**
 * Lets the user type a value, and says at every keystroke what follows from it or why it cannot be.
 * @param title says what to type; a prompt would never be seen below those messages
 */
export async function askText<T>(
  place: Place,
  title: string,
  present: string,
  read: (text: string) => Reading<T>,
): Promise<Answer<T>> {
  const input = vscode.window.createInputBox();
  configure(input, place);
  input.buttons = [vscode.QuickInputButtons.Back];
  input.title = title;
  input.value = present;
  const update = (): Reading<T> => {
    const reading = read(input.value);
    input.validationMessage =
      'error' in reading
        ? { message: reading.error, severity: vscode.InputBoxValidationSeverity.Error }
        : { message: reading.says, severity: vscode.InputBoxValidationSeverity.Info };
    return reading;
  };
  try {
    return await new Promise<Answer<T>>(resolve => {
      input.onDidTriggerButton(() => resolve(BACK));
      input.onDidHide(() => resolve(undefined));
      input.onDidChangeValue(update);
      input.onDidAccept(() => {
        const reading = update();
        if ('value' in reading) resolve(reading.value);
      });
      update();
      input.show();
    });
  } finally {
    input.dispose();
  }
}

function configure(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] },
  place: Place,
): void {
  input.title = vscode.l10n.t('Run Conv Layer');
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.ignoreFocusOut = true;
  if (place.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
}
