import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { layerExpression, type Completion, type FrameLevel } from '../../engine';
import type { NetworkSession } from '../session/networkSession';
import type { ShownValue, ShownVariable } from '../worker/sessions/sessionRequests';
import { assignedAttribute } from './assignedAttribute';
import type { DapHandlers } from './dapMessages';
import type { Debuggee } from './debuggee';
import type { References } from './references';

/** Items that are sent to a client that does not say how many it wants. */
const MOST_ITEMS = 1000;

type VariableHandlers = Pick<
  DapHandlers,
  'variables' | 'evaluate' | 'completions' | 'setVariable' | 'setExpression' | 'readMemory'
>;

/** Values: of scopes, of arrays' items, of expressions; and attributes that are changed. */
export function variableHandlers(debuggee: Debuggee, references: References): VariableHandlers {
  const request: NetworkSession['request'] = (...asked) => debuggee.session.request(...asked);

  /** An array can be looked into, and its bytes read. */
  const shown = ({ text, type, array }: ShownValue, frame: FrameLevel, expression: string) => ({
    value: array?.isPartial ? vscode.l10n.t('{0}  its range takes longer: click to compute it', text) : text,
    type,
    variablesReference: array
      ? references.add({ kind: array.isPartial ? 'whole' : 'items', frame, expression, ...array })
      : 0,
    indexedVariables: array && !array.isPartial ? array.count : undefined,
    memoryReference: array && memoryReference(frame, expression),
    presentationHint: { lazy: array?.isPartial },
  });
  const variable = (found: ShownVariable, frame: FrameLevel): DebugProtocol.Variable => ({
    name: found.name,
    ...shown(found, frame, found.expression),
    evaluateName: found.expression,
    presentationHint: {
      lazy: found.array?.isPartial,
      kind: found.settable ? 'property' : 'data',
      attributes: found.settable ? [] : ['readOnly'],
    },
  });
  const variablesOf = async (
    { variablesReference, start = 0, count }: DebugProtocol.VariablesArguments,
    signal: AbortSignal,
  ): Promise<DebugProtocol.Variable[]> => {
    const container = references.get(variablesReference);
    const { frame } = container;
    switch (container.kind) {
      case 'scope': {
        const { scope } = container;
        const found = await request('scope/variables', { frame, scope }, signal);
        return found.map(each => variable(each, frame));
      }
      case 'items': {
        const { handle } = container;
        // A client that leaves the count out, or gives 0, wants all; nobody wants a million.
        const wanted = { handle, start, count: count || Math.min(container.count - start, MOST_ITEMS) };
        const found = await request('value/items', wanted, signal);
        return found.map(each => variable(each, frame));
      }
      case 'whole': {
        const value = await request('value/range', { handle: container.handle }, signal);
        const variablesReference = references.add({ ...container, kind: 'items' });
        // VS Code shows what it is told here in the place of all that it was told at first.
        return [
          {
            name: '',
            value,
            variablesReference,
            indexedVariables: container.count,
            memoryReference: memoryReference(frame, container.expression),
            presentationHint: { attributes: ['readOnly'] },
          },
        ];
      }
    }
  };
  const setAttribute = async (attribute: string, value: string): Promise<{ value: string }> => {
    const { state } = debuggee.session;
    const { layer, name } = assignedAttribute(attribute, state);
    await debuggee.session.do({ kind: 'attribute', layer, name, expression: value });
    const expression = `${layerExpression(state.layers[layer].name)}.${name}`;
    const { text } = await request('expression/evaluate', { expression, frame: 'network' });
    return { value: text };
  };

  return {
    variables: async (args, signal) => ({ variables: await variablesOf(args, signal) }),
    async evaluate({ expression, frameId, context }, signal) {
      const [, target, value] = (context === 'repl' && ASSIGNMENT.exec(expression)) || [];
      if (target) return { result: (await setAttribute(target, value)).value, variablesReference: 0 };
      const frame = debuggee.level(frameId);
      const found = await request('expression/evaluate', { expression, frame }, signal);
      const { value: result, ...rest } = shown(found, frame, expression);
      return { result, ...rest };
    },
    async completions({ text, column, line = debuggee.counting.firstLine, frameId }) {
      const { firstLine, firstColumn } = debuggee.counting;
      // Without a start: VS Code takes it for an index into the text, however columns are counted, and finds nothing there.
      const before = (text.split('\n')[line - firstLine] ?? '').slice(0, column - firstColumn);
      const found = await request('expression/complete', { text: before, frame: debuggee.level(frameId) });
      return {
        targets: found.map(({ label, kind, detail, replaces }) => ({
          label,
          type: ITEM_TYPES[kind],
          detail,
          length: replaces,
        })),
      };
    },
    setVariable: ({ name, value }) => setAttribute(name, value),
    setExpression: ({ expression, value }) => setAttribute(expression, value),
    async readMemory({ memoryReference: reference, offset = 0, count }, signal) {
      const [frame, ...expression] = reference.split(':');
      const asked = { frame: frame as FrameLevel, expression: expression.join(':'), offset, count };
      const { bytes, size } = await request('value/bytes', asked, signal);
      const missing = count - bytes.byteLength;
      return {
        address: `0x${offset.toString(16)}`,
        data: Buffer.from(bytes).toString('base64'),
        unreadableBytes: missing > 0 && offset + bytes.byteLength >= size ? missing : undefined,
      };
    },
  };
}

/** By what the bytes of an array are asked for, for as long as its expression means something. */
function memoryReference(frame: FrameLevel, expression: string): string {
  return `${frame}:${expression}`;
}

/** An attribute that is set in the console: `conv1.pad = 2`. What is kept in `saved['name']` is an expression. */
const ASSIGNMENT = /^\s*((?:layers\[[^\]]*\]\.)?[\p{L}\p{N}_.]+)\s*=(?!=)\s*(.+)$/u;

const ITEM_TYPES = {
  array: 'variable',
  layer: 'module',
  method: 'method',
  property: 'property',
  function: 'function',
} as const satisfies Record<Completion['kind'], DebugProtocol.CompletionItemType>;
