import type { IconName } from '../icons';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import type { NetworkModel } from './networkModel';
import { INPUT_POSITION, isAtEnd, isAtStart } from './positions';

/** Something that moves the session: a button, and keys. */
export interface StepAction {
  readonly id: string;
  readonly icon: IconName;
  readonly text: string;
  /** The keys of VS Code's debugger and those of the layer panel, as `KeyboardEvent.key` with `Shift+` and `Control+`. */
  readonly keys: readonly string[];
  readonly disabled: boolean;
  run: () => void;
}

/** The ways to move, in the order of VS Code's debug toolbar. */
export function stepActions(model: NetworkModel, state: ShownSession): StepAction[] {
  const { position } = state;
  const atStart = isAtStart(position);
  const atEnd = isAtEnd(state);
  const isOver = model.stopped.value !== undefined;
  const step = (kind: 'over' | 'out' | 'back') => () => void model.act({ kind: 'step', step: kind });
  const run = (direction: 'onward' | 'reverse') => () => void model.act({ kind: 'run', direction });
  const actions: StepAction[] = [
    {
      id: 'continue',
      icon: 'continue',
      text: t('Continue'),
      keys: ['F5'],
      disabled: atEnd,
      run: run('onward'),
    },
    {
      id: 'stepOver',
      icon: 'stepOver',
      text: t('Step Over'),
      keys: ['F10', 'ArrowRight'],
      disabled: atEnd,
      run: step('over'),
    },
    {
      id: 'stepInto',
      icon: 'stepInto',
      text: t('Step Into'),
      keys: ['F11'],
      disabled: atEnd && position.cell !== undefined,
      run: () => void model.stepInto(),
    },
    {
      id: 'stepOut',
      icon: 'stepOut',
      text: t('Step Out'),
      keys: ['Shift+F11'],
      disabled: position.operation === undefined,
      run: step('out'),
    },
    {
      id: 'stepBack',
      icon: 'stepBack',
      text: t('Step Back'),
      keys: ['ArrowLeft'],
      disabled: atStart,
      run: step('back'),
    },
    {
      id: 'reverse',
      icon: 'reverseContinue',
      text: t('Reverse'),
      keys: [],
      disabled: atStart,
      run: run('reverse'),
    },
    {
      id: 'restart',
      icon: 'restart',
      text: t('Restart'),
      keys: ['Control+Shift+F5'],
      disabled: false,
      run: () => void model.act({ kind: 'restart' }),
    },
  ];
  return actions.map(action => (isOver && action.id !== 'restart' ? { ...action, disabled: true } : action));
}

/** Elements that have their own use for arrow keys. */
const KEEPS_ARROWS =
  'input, select, textarea, vscode-dropdown, vscode-text-field, vscode-checkbox, table, [role=application], [role=grid], [role=menu], [role=region], [role=separator]';

/** Moves the session by a key. @returns whether it was one of these */
export function stepKey(event: KeyboardEvent, model: NetworkModel): boolean {
  const state = model.state.peek();
  if (!state || event.defaultPrevented || event.altKey || event.metaKey) return false;
  const { ctrlKey, shiftKey, key, target } = event;
  const pressed = `${ctrlKey ? 'Control+' : ''}${shiftKey ? 'Shift+' : ''}${key}`;
  const isArrow = /^(Arrow|Home|End)/.test(key);
  if (isArrow && target instanceof Element && target.closest(KEEPS_ARROWS)) return false;
  if (pressed === 'F6') {
    model.pause();
    return true;
  }
  if (pressed === 'Home') {
    void model.goTo(INPUT_POSITION);
    return true;
  }
  const action = stepActions(model, state).find(({ keys }) => keys.includes(pressed));
  if (action && !action.disabled) action.run();
  // VS Code would start its debugger by the same keys.
  return action !== undefined;
}
