import * as vscode from 'vscode';
import { keepFocus } from './keepFocus';
import { BACK, type Answer, type Place } from './questions';

/** A line of a quick pick. One without a value can be read, not chosen; its detail says why. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

export interface ChoiceOptions<T> {
  readonly place: Place;
  readonly placeholder: string;
  /**
   * Shows the lines, again whenever more is known; the quick pick is busy until it resolves. A line keeps its place
   * once it was shown, and more lines follow after it: VS Code tells by its place which line was taken, and the user
   * may press Enter before a new list has arrived.
   */
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

  const focus = keepFocus(pick, ({ value }) => value !== undefined && options.isPresent?.(value) === true);
  let listed: readonly Choice<T>[] = [];
  const show = (choices: readonly Choice<T>[]): void => {
    const typed = options.fromText?.(pick.value);
    const isListed = choices.some(({ label }) => label === typed?.label);
    listed = choices;
    focus.show(typed && !isListed ? [...choices, typed] : choices);
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
        pick.title = title();
        if (options.fromText) show(listed);
      });
      pick.onDidChangeActive(() => (pick.title = title()));
      // VS Code tells what was taken, then that something was. What is active here may already be a newer list's.
      let taken: Choice<T> | undefined;
      pick.onDidChangeSelection(selected => (taken = selected.at(0)));
      pick.onDidAccept(() => {
        const line = taken ?? options.fromText?.(pick.value);
        taken = undefined;
        if (line?.value !== undefined) resolve(line.value);
        else if (line) pick.title = vscode.l10n.t('Not possible: {0}', reasonOf(line));
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

/** Why a line cannot be chosen; a title shows no icons. */
function reasonOf({ label, detail }: vscode.QuickPickItem): string {
  return (detail ?? label).replace(/\$\([^)]*\)\s*/g, '');
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
  input.title = title();
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.ignoreFocusOut = true;
  if (place.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
}

function title(): string {
  return vscode.l10n.t('Run Conv Layer');
}
