import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import type { Theme } from '../host/profile.mjs';
import { accessibilityViolations } from './axe';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import { openInspector, safetensors, writeBytes, type Inspector } from './inspector';
import { sharedWindow } from './window';

const NETWORK = [
  { name: 'conv1.weight', shape: [2, 1, 2, 2], values: [1, -2, 3, NaN, 5, 6, 7, 8] },
  { name: 'conv1.bias', shape: [2], values: [0, 0] },
  { name: 'fc.weight', shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
  { name: 'fc.bias', shape: [3], values: [0.5, 0.5, 0.5] },
];

const names = (inspector: Inspector) => inspector.rows.locator('.tree-label').allInnerTexts();
const chosen = (inspector: Inspector) =>
  inspector.list.locator('[aria-selected=true] .tree-label').allInnerTexts();

describe('the list of a tensor file', () => {
  let inspector: Inspector;
  before(async () => {
    inspector = await openInspector('params.pkl');
  });

  it('names the arrays of the sample with their shapes, and sums them up', async () => {
    assert.deepEqual(await names(inspector), ['W1', 'b1', 'W2', 'b2', 'W3', 'b3']);
    assert.match(await inspector.row('W1').innerText(), /\(30, 1, 5, 5\)/);
    assert.match(await inspector.totals(), /^6 arrays · 433,890 values · 1\.7 MiB$/);
    await inspector.row('W1').getByRole('img', { name: / to / }).waitFor();
    const { screenshot } = await sharedWindow();
    await screenshot('inspector-params');
  });

  it('opens an array by the keys', async () => {
    await inspector.list.focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'Enter']) await inspector.list.press(key);
    await eventuallyEqual(() => chosen(inspector), ['W2']);
    await eventuallyMatch(() => inspector.view.innerText(), /W2/);
  });

  it('is narrowed down by a text, from anywhere by /', async () => {
    await inspector.list.press('/');
    await inspector.filter.pressSequentially('(100');
    await eventuallyEqual(() => names(inspector), ['b2', 'W3']);
    await eventuallyMatch(inspector.totals, /^2 of 6 arrays/);
    await inspector.filter.press('Escape');
    await eventuallyEqual(async () => (await names(inspector)).length, 6);
  });

  it('is sorted by a column', async () => {
    const title = inspector.frame.getByRole('columnheader', { name: 'Name' });
    await title.getByRole('button').click();
    await eventuallyEqual(() => names(inspector), ['b1', 'b2', 'b3', 'W1', 'W2', 'W3']);
    assert.equal(await title.getAttribute('aria-sort'), 'ascending');
    await title.getByRole('button').click();
    await title.getByRole('button').click();
    await eventuallyEqual(async () => (await names(inspector))[0], 'W1');
  });

  it('says what can be done with an array, by the keys', async () => {
    const { clipboard } = await sharedWindow();
    await inspector.list.focus();
    await inspector.list.press('End');
    await inspector.list.press('Shift+F10');
    const item = inspector.frame.getByRole('menuitem', { name: 'Copy as NumPy text' });
    await inspector.frame.getByRole('menuitem').first().press('End');
    await inspector.frame.locator(':focus').press('ArrowUp');
    await inspector.frame.locator(':focus').press('ArrowUp');
    assert.ok(await item.evaluate(element => element.matches(':focus')));
    await item.press('Enter');
    await inspector.frame.getByText('Copied b3').waitFor();
    await eventuallyMatch(clipboard, /array\(\[/);
    await eventually(async () => assert.ok(await inspector.list.evaluate(list => list.matches(':focus'))));
  });

  it('gives way to the view by the keys', async () => {
    const line = inspector.frame.getByRole('separator', { name: 'Size of the list' });
    const width = async () => (await inspector.list.boundingBox())?.width ?? 0;
    const before = await width();
    await line.press('ArrowLeft');
    await eventually(async () => assert.ok((await width()) < before));
    await line.press('ArrowRight');
    await inspector.frame.getByRole('button', { name: 'Hide the list' }).click();
    await inspector.list.waitFor({ state: 'detached' });
    await inspector.frame.getByRole('button', { name: 'Show the list' }).click();
    await inspector.list.waitFor();
  });
});

describe('the list of a tensor file with folders', () => {
  let inspector: Inspector;
  before(async () => {
    await writeBytes('network.safetensors', safetensors(NETWORK, { producer: 'a test' }));
    inspector = await openInspector('network.safetensors', 'fc.weight');
  });

  it('has them for names that begin alike, and marks what is odd', async () => {
    assert.deepEqual(await names(inspector), ['conv1', 'weight', 'bias', 'fc', 'weight', 'bias']);
    await eventuallyMatch(() => inspector.row('weight').innerText(), /NaN/);
    await eventuallyMatch(() => inspector.rows.nth(2).innerText(), /all 0/);
    await eventuallyMatch(() => inspector.rows.nth(5).innerText(), /constant/);
    await eventuallyEqual(() => inspector.list.locator('[aria-selected=true]').getAttribute('data-row'), '4');
    await inspector.list.focus();
    await inspector.list.press('ArrowLeft');
    await inspector.list.press('ArrowLeft');
    await eventuallyEqual(() => names(inspector), ['conv1', 'weight', 'bias', 'fc']);
    await inspector.list.press('ArrowRight');
    const { screenshot } = await sharedWindow();
    await screenshot('inspector-folders');
  });

  it('marks what changed on disk until it is looked at', async () => {
    const { page } = await sharedWindow();
    await page.waitForTimeout(2000); // what it is compared with is taken a second after opening
    const other = NETWORK.map(array => (array.name === 'fc.bias' ? { ...array, values: [1, 2, 3] } : array));
    await writeBytes('network.safetensors', safetensors(other, { producer: 'a test' }));
    await inspector.frame.getByText('The file changed: fc.bias is different now.').waitFor();
    assert.match(await inspector.rows.nth(5).innerText(), /changed/);
    await inspector.rows.nth(5).click();
    await inspector.row('weight').click();
    await eventuallyEqual(() => inspector.frame.getByText('The file changed').count(), 0);
    await eventuallyEqual(() => inspector.rows.nth(5).getByText('constant').count(), 0);
  });

  it('shows what the file says of itself', async () => {
    await inspector.frame.getByRole('tab', { name: 'Metadata' }).click();
    const metadata = inspector.frame.getByRole('treegrid', { name: 'Metadata' });
    await metadata.getByText('producer').click();
    await inspector.frame.getByRole('button', { name: 'Copy value' }).click();
    const { clipboard, screenshot } = await sharedWindow();
    await eventuallyEqual(clipboard, 'a test');
    await screenshot('inspector-metadata');
    await inspector.frame.getByRole('tab', { name: /Arrays/ }).click();
  });

  for (const theme of ['light', 'dark', 'hc', 'hc-light'] satisfies Theme[]) {
    it(`has nothing for axe-core to find (${theme})`, async () => {
      const { setTheme, screenshot } = await sharedWindow();
      await setTheme(theme);
      await screenshot(`inspector-${theme}`);
      assert.deepEqual(await accessibilityViolations(inspector.frame), []);
    }).timeout(60_000);
  }

  it('stands above the view on a narrow page, which does not scroll sideways', async () => {
    const { setTheme, setSize, page, execute, screenshot } = await sharedWindow();
    await setTheme('dark');
    execute('workbench.action.closeSidebar');
    await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    const width = () => inspector.frame.evaluate(() => innerWidth);
    await setSize(400 + (page.viewportSize()?.width ?? 0) - (await width()));
    await eventuallyEqual(width, 400);
    await screenshot('inspector-narrow');
    const [list, view] = [await inspector.list.boundingBox(), await inspector.view.boundingBox()];
    assert.ok(list && view && list.y + list.height <= view.y, 'the list is above the view');
    assert.equal(await inspector.frame.evaluate(() => document.documentElement.scrollWidth), 400);
    assert.deepEqual(await accessibilityViolations(inspector.frame), []);
    await setSize();
    execute('workbench.view.explorer');
    await page.locator('.part.sidebar').waitFor();
  }).timeout(60_000);
});

describe('the list of any tensor file', () => {
  it('holds 50,000 arrays, and draws those in view', async () => {
    const many = Array.from({ length: 50_000 }, (_, i) => ({
      name: `layers.${Math.floor(i / 10)}.w${i % 10}`,
      shape: [0],
      values: [],
    }));
    await writeBytes('many.safetensors', safetensors(many));
    const inspector = await openInspector('many.safetensors', 'layers.4321.w7');
    await eventuallyMatch(inspector.totals, /^50,000 arrays/);
    await inspector.row('w7').waitFor();
    assert.ok((await inspector.rows.count()) < 100);
    await inspector.filter.fill('4999.w9');
    await eventuallyEqual(() => names(inspector), ['layers', '4999', 'w9']);
  }).timeout(60_000);

  it('says at once what there is to say of a file', async () => {
    await writeBytes('estimator.joblib', readFileSync('test/fixtures/formats/joblib/estimator.joblib'));
    const { frame } = await openInspector('estimator.joblib');
    await frame
      .getByText(/LogisticRegression, which Python would import and run; nothing is run here/)
      .waitFor();
  });
});

describe('a tensor file that cannot be shown as it is', () => {
  it('says why, and is tried again', async () => {
    await writeBytes('broken.npy', Buffer.from('\x93NUMPY\x01\x00\xff\xff{', 'latin1'));
    const { frame } = await openInspector('broken.npy');
    await eventuallyMatch(() => frame.getByRole('alert').innerText(), /npy/);
    const { screenshot } = await sharedWindow();
    await screenshot('inspector-broken');
    await writeBytes('broken.npy', safetensors(NETWORK));
    await frame.getByRole('button', { name: 'Try again' }).click();
    await frame.getByRole('treegrid', { name: 'Arrays' }).waitFor();
  });

  it('is asked for its type and shape where it is bare bytes', async () => {
    await writeBytes('bare.raw', new Uint8Array(Float32Array.from([1, 2, 3, 4, 5, 6]).buffer));
    const { frame } = await openInspector('bare.raw');
    await frame.getByText('(6,): takes 24 bytes, which is all there is.').waitFor();
    const shape = frame.getByRole('textbox', { name: /^Shape/ });
    await shape.fill('2, 4');
    await frame.getByText('8 bytes too few').waitFor();
    await shape.fill('2, -1');
    await frame.getByText('(2, 3): takes 24 bytes').waitFor();
    const { screenshot } = await sharedWindow();
    await screenshot('inspector-raw');
    assert.deepEqual(await accessibilityViolations(frame), []);
    await shape.press('Enter');
    await frame.getByRole('region', { name: 'View' }).getByText('(2, 3)', { exact: true }).waitFor();
  });

  it('is decoded by the browser where it is an image that no other decoder reads', async () => {
    await writeBytes('red.bmp', bitmap([2, 3], [0, 0, 255]));
    const { frame } = await openInspector('red.bmp');
    await frame.getByRole('treegrid', { name: 'Arrays' }).getByText('(1, 3, 2, 3)').waitFor();
    const { screenshot } = await sharedWindow();
    await screenshot('inspector-bmp');
    const damaged = bitmap([2, 3], [0, 0, 255]);
    damaged.writeUInt16LE(99, 28);
    await writeBytes('damaged.bmp', damaged);
    const broken = await openInspector('damaged.bmp');
    await eventuallyMatch(() => broken.frame.getByRole('alert').innerText(), /image\/bmp/);
  });

  it('is decoded by the browser where it is a PNG of few bits in passes, or a JPEG in CMYK', async () => {
    await writeBytes('passes.png', twoByTwoInPasses());
    const { frame, view } = await openInspector('passes.png');
    await frame.getByText('(1, 1, 2, 2)').first().waitFor();
    await view.getByRole('tab', { name: 'Numbers' }).click();
    await eventuallyEqual(() => view.getByRole('gridcell').allInnerTexts(), ['0', '255', '255', '0']);
    await writeBytes('print.jpg', Buffer.from(CMYK_JPEG, 'base64'));
    const print = await openInspector('print.jpg');
    await print.frame.getByText('(1, 3, 8, 8)').first().waitFor();
    await eventuallyMatch(() => print.view.innerText(), /min … max\s+\d+ … \d+/);
  });
});

/** Eight by eight pixels, red and cyan, saved by Pillow. */
const CMYK_JPEG =
  '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdo' +
  'Zz5NcXlwZHhcZWdj/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAH/8QAGBAAAgMAAAAAAAAAAAAA' +
  'AAAAAAdFg8L/2gAOBEMATQBZAEsAAD8ANSLtwFXKVbCrlKtlAP/Z';

/** A PNG of 1 bit a pixel, black where row and column are the same, interlaced. PNG specification, sections 8 and 11. */
function twoByTwoInPasses(): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), content]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 1, 0, 0, 0, 1]);
  // Passes 1, 6 and 7 have pixels: (0, 0), (0, 1), and the second row; each line begins with its filter.
  const lines = Buffer.from([0, 0b00000000, 0, 0b10000000, 0, 0b10000000]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A Windows bitmap of one colour. @param bgr blue, green, red */
function bitmap([height, width]: readonly [number, number], bgr: readonly [number, number, number]): Buffer {
  const row = Buffer.alloc(Math.ceil((3 * width) / 4) * 4);
  for (let x = 0; x < width; x++) row.set(bgr, 3 * x);
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + row.length * height, 2);
  header.writeUInt32LE(54, 10); // where the pixels begin
  header.writeUInt32LE(40, 14); // the rest of the header
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26); // planes
  header.writeUInt16LE(24, 28); // bits of a pixel
  return Buffer.concat([header, ...new Array<Buffer>(height).fill(row)]);
}
