import * as vscode from 'vscode';
import { messageOf } from '../../engine';
import { engineSettings } from '../engineSettings';
import { withDelayedProgress } from '../panels/delayedProgress';
import type { NetworkSession, NetworkSessions } from '../session/networkSession';
import type { EngineClient } from '../worker/runs/engineClient';
import { engineText, type EngineFacts } from './engineText';

const SCHEME = 'cnn-engine';

/** CNN: About the Engine: a document that says what computes here, with lenses that measure and refresh. */
export function registerAboutEngine(engine: EngineClient, sessions: NetworkSessions): vscode.Disposable {
  const { t } = vscode.l10n;
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${t('CNN Engine')}.md` });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let speed: number | undefined;

  const facts = async (): Promise<EngineFacts> => {
    const report = await engine.request('kernels/use', engineSettings());
    const reports = await Promise.all(sessions.all().map(reportOf));
    return { report, sessions: reports.filter(found => found !== undefined), speed };
  };
  const show = async (): Promise<void> => {
    changed.fire(uri);
    await vscode.window.showTextDocument(uri);
  };
  const measure = async (): Promise<void> => {
    try {
      speed = await withDelayedProgress(t('Measuring…'), signal =>
        engine.request('kernels/measure', {}, signal),
      );
    } catch (error) {
      void vscode.window.showErrorMessage(messageOf(error));
    }
    await show();
  };
  const lens = (title: string, command: string): vscode.CodeLens =>
    new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command });

  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: async () => engineText(await facts()),
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme: SCHEME },
      {
        provideCodeLenses: () => [
          lens(`$(dashboard) ${t('Measure Speed')}`, 'cnnInspector.measureEngine'),
          lens(`$(refresh) ${t('Refresh')}`, 'cnnInspector.aboutEngine'),
        ],
      },
    ),
    vscode.commands.registerCommand('cnnInspector.aboutEngine', show),
    vscode.commands.registerCommand('cnnInspector.measureEngine', measure),
  );
}

/** Nothing of a session that ends meanwhile. */
async function reportOf(session: NetworkSession): Promise<EngineFacts['sessions'][number] | undefined> {
  try {
    return { session, report: await session.request('kernels/report', {}) };
  } catch {
    return undefined;
  }
}
