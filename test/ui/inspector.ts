import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import type { Shape } from '../../engine';
import { closeEditors, sharedWindow } from './window';

/** The page of a tensor file as a user, or a screen reader, finds it. */
export interface Inspector {
  readonly frame: Frame;
  /** The list of arrays, which takes the keys. */
  readonly list: Locator;
  /** The rows in the document, without the titles of the columns. */
  readonly rows: Locator;
  /** The row of an array or a folder, by the start of what stands in it. */
  row(text: string): Locator;
  readonly filter: Locator;
  /** The view of the chosen array. */
  readonly view: Locator;
  /** What the list comes to: `6 arrays · …`. */
  totals(): Promise<string>;
}

/** Opens a file of the workspace in the shared window, where its page is then the only editor. */
export async function openInspector(file: string, array?: string): Promise<Inspector> {
  await closeEditors();
  const window = await sharedWindow();
  window.execute('cnnInspector.inspectTensors', { file, array });
  await window.page.getByRole('tab', { name: file, selected: true }).waitFor();
  return createInspector(await window.panel());
}

function createInspector(frame: Frame): Inspector {
  const list = frame.getByRole('treegrid', { name: 'Arrays' });
  const rows = list.locator('[data-row]');
  return {
    frame,
    list,
    rows,
    row: text =>
      rows.filter({ has: frame.locator('.tree-label', { hasText: new RegExp(`^${text}`) }) }).first(),
    filter: frame.getByRole('searchbox', { name: 'Filter by name, shape or type' }),
    view: frame.getByRole('region', { name: 'View' }),
    totals: () => frame.locator('.array-list-totals').innerText(),
  };
}

/** Writes bytes into the workspace of the shared window. */
export async function writeBytes(file: string, bytes: Uint8Array): Promise<void> {
  const { folder } = await sharedWindow();
  writeFileSync(join(folder, file), bytes);
}

/** A .safetensors file of float32 arrays. */
export function safetensors(
  arrays: readonly { readonly name: string; readonly shape: Shape; readonly values: readonly number[] }[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let end = 0;
  const tensors = arrays.map(({ name, shape, values }) => {
    const data_offsets = [end, (end += 4 * values.length)];
    return [name, { dtype: 'F32', shape, data_offsets }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...tensors])));
  const length = Buffer.alloc(8);
  length.writeUInt32LE(header.length);
  const data = Float32Array.from(arrays.flatMap(({ values }) => values));
  return Buffer.concat([length, header, Buffer.from(data.buffer)]);
}
