import * as vscode from 'vscode';
import type { Direction, Position } from '../../engine';
import type { DapHandlers } from './dapMessages';
import type { Debuggee } from './debuggee';
import { FRAMES } from './frames';

type MovementHandlers = Pick<
  DapHandlers,
  | 'next'
  | 'stepIn'
  | 'stepOut'
  | 'stepBack'
  | 'continue'
  | 'reverseContinue'
  | 'pause'
  | 'restartFrame'
  | 'gotoTargets'
  | 'goto'
>;

/** Steps, runs and jumps. */
export function movementHandlers(debuggee: Debuggee): MovementHandlers {
  return {
    next: () => debuggee.move({ kind: 'step', step: 'over' }),
    stepIn: () => debuggee.move({ kind: 'step', step: 'into' }),
    stepOut: () => debuggee.move({ kind: 'step', step: 'out' }),
    stepBack: () => debuggee.move({ kind: 'step', step: 'back' }),
    continue() {
      debuggee.move({ kind: 'run', direction: 'onward' });
      return { allThreadsContinued: true };
    },
    reverseContinue: () => debuggee.move({ kind: 'run', direction: 'reverse' }),
    pause: () => debuggee.session.pause(),
    restartFrame: ({ frameId }) =>
      debuggee.move({ kind: 'goTo', position: frameStart(debuggee.session.state.position, frameId) }),
    gotoTargets({ source, line }) {
      const { lines, session } = debuggee;
      const layer = lines.isFile(source) ? lines.layerFrom(line) : undefined;
      if (layer === undefined) return { targets: [] };
      const { name } = session.state.layers[layer];
      const directions: Direction[] = session.state.backward ? ['forward', 'backward'] : ['forward'];
      return {
        targets: directions.map(direction => ({
          id: targetId(layer, direction),
          label: direction === 'forward' ? name : vscode.l10n.t('{0}, on the way back', name),
          ...lines.placeOf(layer),
        })),
      };
    },
    goto({ targetId: id }) {
      const position = targetAt(id);
      const { layers, backward } = debuggee.session.state;
      if (!(position.layer in layers) || (position.direction === 'backward' && !backward)) {
        throw new Error(
          vscode.l10n.t('There is no such place to jump to: ask for the targets of a line again'),
        );
      }
      debuggee.move({ kind: 'goTo', position });
    },
  };
}

/** Where the frame of a number begins. */
function frameStart({ direction, layer, operation, cell }: Position, frameId: number): Position {
  switch (FRAMES[frameId - 1]) {
    case 'cell':
      return { direction, layer, operation, cell: cell && { ...cell, term: 0 } };
    case 'operation':
      return { direction, layer, operation };
    case 'layer':
      return { direction, layer };
    default:
      return { direction: 'forward', layer: -1 };
  }
}

/** Positions of whole layers as the numbers that targets have: even ones are forward. */
function targetId(layer: number, direction: Direction): number {
  return 2 * layer + (direction === 'forward' ? 0 : 1);
}

function targetAt(id: number): Position {
  return { layer: id >> 1, direction: id % 2 === 0 ? 'forward' : 'backward' };
}
