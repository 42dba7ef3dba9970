import * as vscode from 'vscode';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { LayerBreakpoint } from '../../engine';
import { refused, type BreakpointSet } from './breakpointSet';
import type { DapHandlers } from './dapMessages';
import type { SendEvent } from './dapServer';
import type { Debuggee } from './debuggee';

/** Breakpoints and log points on the lines of the network's file: each is moved to the layer there, or the next one. */
export function lineBreakpointHandlers(
  debuggee: Debuggee,
  breakpoints: BreakpointSet,
  send: SendEvent,
): Pick<DapHandlers, 'setBreakpoints' | 'breakpointLocations'> {
  let asked: readonly DebugProtocol.SourceBreakpoint[] = [];
  let ids: readonly number[] = [];

  const setAsked = async (): Promise<DebugProtocol.Breakpoint[]> => {
    const { lines } = debuggee;
    const layers: LayerBreakpoint[] = [];
    const told: DebugProtocol.Breakpoint[] = [];
    for (const [i, { line, condition, hitCondition, logMessage }] of asked.entries()) {
      const id = ids[i];
      const layer = lines.layerFrom(line);
      const fault = await breakpoints.faultIn(condition);
      if (layer === undefined || fault) {
        const reason = fault ?? vscode.l10n.t('No layer of the network that is debugged follows here');
        told.push({ id, ...refused(reason) });
      } else {
        layers.push({ id, layer, condition, hitCondition, logMessage });
        told.push({ id, verified: true, source: lines.source, ...lines.placeOf(layer) });
      }
    }
    await breakpoints.set({ layers });
    return told;
  };
  // The same lines, but perhaps other layers.
  const setAgain = async (): Promise<void> => {
    for (const breakpoint of await setAsked()) send('breakpoint', { reason: 'changed', breakpoint });
  };
  debuggee.onNewText(() => void setAgain().catch(() => undefined)); // it fails only where the worker has ended

  return {
    async setBreakpoints({ source, breakpoints: given = [] }) {
      if (!debuggee.lines.isFile(source)) {
        const reason = vscode.l10n.t('This is not the file of the network that is debugged');
        return { breakpoints: given.map(() => refused(reason)) };
      }
      asked = given;
      ids = given.map(() => breakpoints.newId());
      return { breakpoints: await setAsked() };
    },
    breakpointLocations({ source, line, endLine = line }) {
      const { lines } = debuggee;
      const layers = lines.isFile(source) ? lines.layersWithin(line, endLine) : [];
      return { breakpoints: layers.map(layer => lines.placeOf(layer)) };
    },
  };
}
