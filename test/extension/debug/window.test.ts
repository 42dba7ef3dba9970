import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import {
  commands,
  debug,
  languages,
  Location,
  Position,
  SourceBreakpoint,
  Uri,
  window,
  workspace,
  type DebugSession,
} from 'vscode';
import { NETWORK_LANGUAGE } from '../../../extension/language/jsonFeatures';
import { showProblem } from '../../../extension/debug/tellProblem';
import { api, scratchFolder, until } from '../support';

describe('debugging a network in the window', () => {
  const network = Uri.joinPath(workspace.workspaceFolders![0].uri, 'simple_convnet.cnn.json');
  const files = scratchFolder();
  const refusals: DebugProtocol.ErrorResponse[] = [];
  const stops: DebugProtocol.StoppedEvent['body'][] = [];
  let newest: DebugSession | undefined;
  const tracker = debug.registerDebugAdapterTrackerFactory('cnn', {
    createDebugAdapterTracker(session) {
      newest = session;
      return {
        onDidSendMessage(message: DebugProtocol.Event & DebugProtocol.ErrorResponse) {
          if ('success' in message && !message.success) refusals.push(message);
          if (message.event === 'stopped') stops.push(message.body as DebugProtocol.StoppedEvent['body']);
        },
      };
    },
  });
  after(() => void tracker.dispose());
  afterEach(async () => {
    debug.removeBreakpoints(debug.breakpoints);
    await debug.stopDebugging();
    const { sessions } = await api();
    await until(() => sessions().length === 0 && !debug.activeDebugSession);
    await commands.executeCommand('workbench.action.closeAllEditors');
    stops.length = 0;
  });
  /** Where it stands after so many stops, once VS Code knows of it: until then it would not take the next command. */
  const stop = async (count: number): Promise<string> => {
    await until(() => stops.length >= count && debug.activeStackItem !== undefined);
    const answer: unknown = await newest?.customRequest('stackTrace', { threadId: 1 });
    const { stackFrames } = answer as DebugProtocol.StackTraceResponse['body'];
    return `${stackFrames[0].name}:${stackFrames[0].line}`;
  };

  it('begins with F5 on its file without any configuration, and stops at a breakpoint in it', async () => {
    const document = await workspace.openTextDocument(network);
    assert.equal(document.languageId, NETWORK_LANGUAGE);
    await window.showTextDocument(document);
    debug.addBreakpoints([new SourceBreakpoint(new Location(network, new Position(8, 0)))]);
    await commands.executeCommand('workbench.action.debug.start');
    assert.equal(await stop(1), 'input:4');
    await commands.executeCommand('workbench.action.debug.continue');
    assert.equal(await stop(2), 'pool1:9');
    await commands.executeCommand('workbench.action.debug.stepBack');
    assert.equal(await stop(3), 'relu1:8');
    const [session] = (await api()).sessions();
    assert.equal(session.state.debugging, true);
    assert.deepEqual(session.state.breakpoints, [2]);
  });

  it('begins with the command, as a key binding may name the file, backward where that is asked', async () => {
    const asked = { file: network.toString(), backward: true };
    assert.equal(await commands.executeCommand('cnnInspector.debugNetwork', asked), true);
    assert.equal(await stop(1), 'input:4');
    await commands.executeCommand('workbench.action.debug.continue');
    assert.equal(await stop(2), 'conv1, on the way back:7');
    assert.equal(stops[1].description, 'At the end');
    // No editor was open: its source is shown, too, and the panel stands beside it.
    const tabs = window.tabGroups.all.map(group => group.tabs.map(({ label }) => label));
    assert.deepEqual(tabs, [['simple_convnet.cnn.json'], ['SimpleConvNet']]);
  });

  it('does not begin on a broken file: it says why itself, and leads to the line', async () => {
    const file = Uri.file(
      files.write(
        'broken.cnn.json',
        '{"input": {"shape": ["N", 4]}, "layers": [\n  {"type": "relu"},\n  {"type": "conc"}]}',
      ),
    );
    const isBegun = await commands.executeCommand('cnnInspector.debugNetwork', { file });
    assert.equal(isBegun, false);
    const refusal = refusals.find(({ command }) => command === 'launch');
    assert.equal(refusal?.body.error?.showUser, false);
    assert.match(refusal.body.error.variables?.text ?? '', /broken\.cnn\.json, line 3: /);
    await window.showTextDocument(file);
    await until(() => languages.getDiagnostics(file).length > 0);
    await showProblem(file);
    assert.equal(window.activeTextEditor?.selection.active.line, 2);
  });
});
