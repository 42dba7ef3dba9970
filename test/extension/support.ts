import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, extensions } from 'vscode';
import { Tensor, wholeRegion, type DType } from '../../engine';
import { writeNpy } from '../../engine/formats';
import type { ExtensionApi } from '../../extension/extension';
import type { LayerPanel } from '../../extension/panels/layerPanel';
import { fromWire, type PanelEvents, type RunRequest, type RunSummary } from '../../webview/protocol';

const extension = extensions.getExtension<ExtensionApi>('cnn-tensor-inspector.cnn-tensor-inspector');
assert.ok(extension, 'the extension is installed');
export const { extensionPath } = extension;

export function api(): Promise<ExtensionApi> {
  return Promise.resolve(extension!.activate());
}

/** Path of a file of test/fixtures/formats. */
export function fixture(name: string): string {
  return join(extensionPath, 'test/fixtures/formats', name);
}

/** Names of the files below a folder of test/fixtures/formats. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(fixture(folder)).map(name => `${folder}/${name}`);
}

/** What a fixture's refusal has to mention. */
export function mentions(name: string): string {
  const expected = JSON.parse(readFileSync(fixture(`${name.split('/')[0]}/expected.json`), 'utf8')) as Record<
    string,
    { mentions?: string; inert?: string[] }
  >;
  const { mentions, inert } = expected[name];
  return mentions ?? inert?.[0] ?? '';
}

/** For requests that nobody cancels. */
export const signal = new AbortController().signal;

export const RUN = 'cnnInspector.runConvLayer';

/** A finished run and the panel that shows it. */
export interface ShownRun {
  readonly panel: LayerPanel;
  readonly summary: RunSummary;
}

/** Runs the command with all choices given, as a key binding does. */
export async function runLayer(request: RunRequest): Promise<ShownRun> {
  const summary = await commands.executeCommand<RunSummary>(RUN, request);
  return { panel: await newestPanel(), summary };
}

export async function newestPanel(): Promise<LayerPanel> {
  const panel = (await api()).panels().at(-1);
  assert.ok(panel, 'a panel is open');
  return panel;
}

/** The run is refused, and no panel opens for it. @returns what the user is told */
export async function refusal(request: RunRequest): Promise<string> {
  const open = (await api()).panels().length;
  const message = await Promise.resolve(commands.executeCommand(RUN, request)).then(
    () => assert.fail('the run was not refused'),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  assert.equal((await api()).panels().length, open, 'no panel was opened');
  return message;
}

export async function closePanels(): Promise<void> {
  for (const { webviewPanel } of (await api()).panels()) webviewPanel.dispose();
}

/** All values of an array of the run, asked for as the panel's webview asks. */
export async function values({ panel, summary }: ShownRun, array: string): Promise<number[]> {
  const { shape } = infoOf(summary, array);
  const wire = await panel.handlers['array/read']({ array, region: wholeRegion(shape) }, signal);
  return Array.from(fromWire(wire).numbers());
}

export function shapeOf(summary: RunSummary, array: string): readonly number[] {
  return infoOf(summary, array).shape;
}

function infoOf(summary: RunSummary, array: string) {
  const info = summary.arrays.find(({ name }) => name === array);
  assert.ok(info, `the run has ${array}, it has ${summary.arrays.map(({ name }) => name).join(', ')}`);
  return info;
}

/** A folder for files that a suite makes, removed after it. Call inside `describe`. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'cnn-inspector-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    /** Writes a file; returns its path. */
    write(name: string, bytes: Uint8Array | string): string {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    /** Writes an .npy of the given numbers, 0, 1, 2 … if none are given; returns its path. */
    array(name: string, shape: number[], numbers?: readonly number[], dtype: DType = 'float64'): string {
      const tensor = numbers ? Tensor.from(numbers, shape, dtype) : Tensor.arange(shape, dtype);
      return this.write(`${name}.npy`, writeNpy(tensor));
    },
    /** Writes an .npy filled with one value; returns its path. */
    full(name: string, shape: number[], value: number, dtype: DType = 'float64'): string {
      return this.write(`${name}.npy`, writeNpy(Tensor.full(shape, value, dtype)));
    },
  };
}

/** The same for a suite that opens layer panels, which are closed after each of its tests. */
export function scratchPanels(): ReturnType<typeof scratchFolder> {
  afterEach(closePanels);
  return scratchFolder();
}

/** Waits until something is so. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await condition()); waited += 20) {
    assert.ok(waited < 10_000, 'it did not happen in 10 s');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** The events of one name that the panel's webview is sent from now on. */
export function eventsOf<K extends keyof PanelEvents>({ panel }: ShownRun, name: K): PanelEvents[K][] {
  const { webview } = panel.webviewPanel;
  const events: PanelEvents[K][] = [];
  const post = webview.postMessage.bind(webview);
  webview.postMessage = message => {
    const event = message as { name?: string; payload: PanelEvents[K] };
    if (event.name === name) events.push(event.payload);
    return post(message);
  };
  return events;
}
