import { CancelledError, messageOf } from '../errors';
import type { Reader } from './breakpoints/stops';
import { evaluate } from './expression/evaluate';
import { toValue, truthOf } from './expression/operand';
import { parseStatement } from './expression/parser';
import { scopeAt, type Viewpoint } from './naming/scopeAt';
import { previewOf } from './preview';
import type { Position } from './session';

/** Reads conditions and log messages where a session comes past. */
export function createReader(viewpointAt: (position: Position) => Viewpoint): Reader {
  const operandOf = (expression: string, position: Position, signal?: AbortSignal) =>
    evaluate(parseStatement(expression), scopeAt(viewpointAt(position), 'layer'), signal);

  return {
    holds: async (condition, position, signal) =>
      truthOf(await operandOf(condition, position, signal), signal),

    async fill(message, position, signal) {
      let text = '';
      for (const [i, part] of message.split(/\{([^{}]*)\}/).entries()) {
        if (i % 2 === 0) {
          text += part;
          continue;
        }
        try {
          text += await previewOf(await toValue(await operandOf(part, position, signal), signal), signal);
        } catch (error) {
          if (error instanceof CancelledError) throw error;
          text += `{${messageOf(error)}}`;
        }
      }
      return text;
    },
  };
}
