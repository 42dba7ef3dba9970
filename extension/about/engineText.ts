import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { formatBytes } from '../../engine';
import type { NetworkSession } from '../session/networkSession';
import type { KernelReport } from '../worker/kernels/kernelRequests';

/** What is known of the engine. */
export interface EngineFacts {
  /** Of the worker that runs layers. */
  readonly report: KernelReport;
  readonly sessions: readonly { readonly session: NetworkSession; readonly report: KernelReport }[];
  /** 10⁹ multiplications and additions per second; undefined until it is measured. */
  readonly speed: number | undefined;
}

/** CNN: About the Engine, as Markdown in the user's language. */
export function engineText({ report, sessions, speed }: EngineFacts): string {
  const { t } = vscode.l10n;
  const { arithmetic, threads, cores, node, v8 } = report;
  const memory = [
    t('layers {0}', formatBytes(report.memory)),
    ...sessions.map(({ session, report: { memory: bytes } }) =>
      t('session {0} {1}', basename(session.file.path), formatBytes(bytes)),
    ),
  ];
  const rows: [title: string, text: string][] = [
    [t('Kernels'), kernelsText(report)],
    [
      t('Sums of float32 arrays'),
      arithmetic === 'fast'
        ? t('fast: in float32 (setting {0})', '`cnnInspector.engine.arithmetic`')
        : t(
            'exact: in float64, as the explanations of cells add them up (setting {0})',
            '`cnnInspector.engine.arithmetic`',
          ),
    ],
    [t('Threads'), t('{0}, on {1} cores (setting {2})', threads, cores, '`cnnInspector.engine.threads`')],
    [t('Memory of the kernels'), memory.join(', ')],
    [
      t('Speed'),
      speed === undefined
        ? t('not measured yet')
        : t('{0} GFLOP/s: a product of float32 matrices, 512 × 512, as layers compute it', speed.toFixed(1)),
    ],
    [t('Runs on'), `Node.js ${node}, V8 ${v8}, ${process.platform} ${process.arch}`],
  ];
  return `# ${t('CNN Engine')}\n\n${rows.map(([title, text]) => `- **${title}**: ${text}\n`).join('')}`;
}

/** The kernels in use, and why these. */
function kernelsText({ set, problem }: KernelReport): string {
  const { t } = vscode.l10n;
  switch (set) {
    case 'relaxed-simd':
      return t('WebAssembly with relaxed SIMD: the fastest there are');
    case 'simd':
      return t('WebAssembly with SIMD: this VS Code does not run the faster ones with relaxed SIMD');
    case 'reference':
      return problem === undefined
        ? t('JavaScript: this VS Code does not run WebAssembly with SIMD')
        : t('JavaScript: the faster ones in WebAssembly could not be loaded ({0})', problem);
  }
}
