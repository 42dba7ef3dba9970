import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from '../host/paths.mjs';
import { accessibilityViolations } from './axe';
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually';
import { createNetworkView, numbersIn, openNetwork, type NetworkView } from './networkPanel';
import { reloadWindow } from './reloadWindow';
import { closeEditors, sharedWindow } from './window';

interface Answer {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly middle: { readonly index: readonly number[]; readonly value: number };
}

/** By layer and array, from PyTorch. */
const answers = JSON.parse(readFileSync('test/fixtures/simple_convnet.json', 'utf8')) as Record<
  string,
  Readonly<Record<'out' | 'dx', Answer>>
>;
const layers = Object.keys(answers);
const NETWORK = 'simple_convnet.cnn.json';
const BROKEN = 'broken/pool_without_pad.cnn.json';

/** What is shown has five digits, and was computed in float32, where y − t of a sure answer leaves but four. */
function assertNear(shown: number, expected: number, scale: number, what: string): void {
  assert.ok(Math.abs(shown - expected) <= 1e-3 * scale, `${what}: ${shown}, PyTorch has ${expected}`);
}

/** The statistics in view are those of an array of the layer. */
function showsStatistics(view: NetworkView, layer: string, array: 'out' | 'dx'): Promise<void> {
  return eventually(async () => {
    const shown = await view.statistics();
    const expected = answers[layer][array];
    const scale = Math.max(Math.abs(expected.min), Math.abs(expected.max));
    assert.equal(shown.array, array);
    for (const key of ['min', 'max', 'mean', 'std'] as const) {
      assertNear(shown[key], expected[key], scale, `${key} of ${layer}.${array}`);
    }
  });
}

describe('the panel of a network', () => {
  let view: NetworkView;
  after(async () => {
    await closeEditors();
    const { folder, setTheme } = await sharedWindow();
    copyFileSync(join(samples, BROKEN), join(folder, BROKEN)); // it was mended
    await setTheme('dark');
  });

  describe('run forward', () => {
    before(async () => {
      view = await openNetwork(NETWORK);
      await eventuallyMatch(view.reason, /It ran to the end/);
    });

    it('stands beside its source at the end, and says what the loss thinks of the digit', async () => {
      const { page } = await sharedWindow();
      assert.equal(await page.getByRole('tab', { name: NETWORK }).count(), 1);
      await eventuallyEqual(view.place, 'loss');
      assert.deepEqual(await view.ran(), ['input', ...layers.slice(0, -1)]);
      await eventuallyMatch(() => view.region('Classes').innerText(), /the label, most probable/);
      await (await sharedWindow()).screenshot('network-end');
    });

    it('shows the numbers of PyTorch at every layer', async () => {
      for (const layer of layers) {
        await view.row(layer).click();
        await eventuallyEqual(view.place, layer);
        await showsStatistics(view, layer, 'out');
        const { index, value } = answers[layer].out.middle;
        const name = index.length > 0 ? `out[${index.join(', ')}]` : 'out';
        await eventually(async () => {
          const said = await view.explanation();
          assert.ok(said.startsWith(`${name} =`), said);
          const result = numbersIn(said.split('\n').findLast(line => line.includes('= ')) ?? '').at(-1);
          assertNear(result ?? NaN, value, Math.abs(value), name);
        });
      }
      await (await sharedWindow()).screenshot('network-layer');
    }).timeout(60_000);

    it('steps with the mouse: over layers, into operations and cells, out and back', async () => {
      await view.row('input').click();
      await eventuallyEqual(view.place, 'input');
      for (const [button, place] of [
        ['Step Over', /^conv1$/],
        ['Step Into', /^conv1 › im2col$/],
        ['Step Over', /^conv1 › filters$/],
        ['Step Over', /^conv1 › matmul$/],
        ['Step Into', /^conv1 › matmul › dot\[\d+, 0\]$/],
        ['Step Over', /^conv1 › matmul › dot\[\d+, 0\]$/],
        ['Step Out', /^conv1 › matmul$/],
        ['Step Back', /^conv1 › filters$/],
        ['Step Out', /^conv1$/],
        ['Step Back', /^input$/],
        ['Continue', /^loss$/],
        ['Reverse', /^input$/],
      ] as const) {
        await view.button(button).click();
        await eventuallyMatch(view.place, place);
        if (place.source.includes('dot')) await eventuallyMatch(view.explanation, /term \d of 25/);
      }
    }).timeout(60_000);

    it('shows what every operation of every layer makes', async () => {
      const { errors } = await sharedWindow();
      await view.row('input').click();
      await eventuallyEqual(view.place, 'input');
      const shown: string[] = [];
      for (const layer of layers.slice(0, -1)) {
        await view.row(layer).click();
        await eventuallyEqual(view.place, layer);
        await view.button('Step Into').click();
        await eventuallyMatch(view.place, / › /);
        for (let place = await view.place(); place.startsWith(`${layer} › `);) {
          shown.push(place);
          await view.region('Statistics').locator('dd').first().waitFor();
          assert.deepEqual(errors, [], place);
          await view.button('Step Over').click();
          await eventually(async () => assert.notEqual(await view.place(), shown.at(-1)));
          place = await view.place();
        }
      }
      assert.ok(shown.includes('pool1 › im2col'));
      assert.ok(shown.includes('affine2 › matmul'));
    }).timeout(60_000);

    it('steps with the keys of the debugger and with the arrows', async () => {
      await view.row('input').click();
      await eventuallyEqual(view.place, 'input');
      for (const [key, place] of [
        ['F10', 'conv1'],
        ['F11', 'conv1 › im2col'],
        ['Shift+F11', 'conv1'],
        ['ArrowRight', 'relu1'],
        ['ArrowLeft', 'conv1'],
        ['F5', 'loss'],
      ] as const) {
        await view.frame.locator('body').press(key);
        await eventuallyEqual(view.place, place);
      }
    });

    it('names its buttons where there is room, each in its own place', async () => {
      const window = await sharedWindow();
      await window.setSize(3200, 800);
      await view.frame.locator('.step-button-text').first().waitFor();
      const spans = (selector: string) =>
        view.frame.locator(selector).evaluateAll(all =>
          all.map(each => {
            const { left, right } = each.getBoundingClientRect();
            return { left, right };
          }),
        );
      const [boxes, texts] = [await spans('.step-button'), await spans('.step-button-text')];
      assert.ok(boxes.length > 5);
      for (const [i, { left, right }] of texts.entries()) {
        assert.ok(left >= boxes[i].left && right <= boxes[i].right, `button ${i}`);
      }
      await window.setSize();
    });

    it('takes another batch', async () => {
      const batch = view.frame.getByLabel('batch');
      await batch.fill('3');
      await batch.press('Enter');
      await eventuallyMatch(() => view.row('conv1').innerText(), /\(3,30,24,24\)/);
      await batch.fill('1');
      await batch.press('Enter');
      await eventuallyMatch(() => view.row('conv1').innerText(), /\(1,30,24,24\)/);
    });

    it('has nothing for axe-core to find, in three themes', async () => {
      const window = await sharedWindow();
      await view.row('conv1').click();
      await eventuallyEqual(view.place, 'conv1');
      for (const theme of ['light', 'hc', 'dark'] as const) {
        await window.setTheme(theme);
        await window.screenshot(`network-${theme}`);
        assert.deepEqual(await accessibilityViolations(view.frame), [], theme);
      }
    }).timeout(60_000);
  });

  it('shows the gradients of PyTorch on the way back', async () => {
    view = await openNetwork(NETWORK, true);
    await eventuallyMatch(view.reason, /It ran to the end/);
    for (const layer of layers) {
      await view.row(layer).click();
      await eventuallyEqual(view.place, layer);
      await showsStatistics(view, layer, 'dx');
    }
    await (await sharedWindow()).screenshot('network-backward');
  }).timeout(60_000);

  it('says which shapes do not meet, and mends the file by a button until it runs', async () => {
    view = await openNetwork(BROKEN);
    const misfit = view.region('Why it does not go on');
    await eventuallyMatch(
      () => misfit.innerText(),
      /affine1 does not fit[\s\S]*\(1,30,11,11\)[\s\S]*\(4320,100\)/,
    );
    assert.match(await view.row('affine1').innerText(), /does not fit/);
    assert.deepEqual(await accessibilityViolations(view.frame), []);
    await (await sharedWindow()).screenshot('network-misfit');
    await misfit.getByRole('button').first().click();
    await eventuallyEqual(() => misfit.count(), 0);
    await eventuallyEqual(view.place, 'affine1');
    await view.button('Continue').click();
    await eventuallyEqual(view.place, 'probabilities');
    (await sharedWindow()).execute('workbench.action.files.saveAll');
  }).timeout(60_000);

  it('comes back after a reload of the window at the place where it was', async () => {
    const window = await sharedWindow();
    view = await openNetwork(NETWORK);
    await view.row('conv1').click();
    await eventuallyEqual(view.place, 'conv1');
    await view.button('Step Into').click();
    await eventuallyEqual(view.place, 'conv1 › im2col');
    await reloadWindow('"layer":0,"operation":0');
    // The window starts its extensions first.
    await eventually(async () => void (view = createNetworkView(await window.panel())), { timeout: 45_000 });
    await eventuallyEqual(view.place, 'conv1 › im2col');
  }).timeout(120_000);

  it('follows a debugger, whose buttons and its own are the same, and goes on when that has ended', async () => {
    const window = await sharedWindow();
    await closeEditors();
    await window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: NETWORK }).dblclick();
    await window.page.locator('.monaco-editor .view-line', { hasText: 'conv1' }).first().click();
    await window.runFromPalette('CNN: Debug Network');
    const toolbar = window.page.locator('.debug-toolbar');
    await toolbar.waitFor();
    view = createNetworkView(await window.panel());
    await eventuallyEqual(view.place, 'input');
    await toolbar.getByRole('button', { name: /^Step Over/ }).click();
    await eventuallyEqual(view.place, 'conv1');
    await view.button('Step Into').click();
    await eventuallyEqual(view.place, 'conv1 › im2col');
    await window.screenshot('network-debugged');
    await toolbar.getByRole('button', { name: /^Stop/ }).click();
    const ended = view.frame.getByRole('alert');
    await eventuallyMatch(() => ended.innerText(), /The debugger has ended/);
    await ended.getByText('Restart').click();
    await eventuallyEqual(() => ended.count(), 0);
    await view.button('Step Out').click();
    await eventuallyEqual(view.place, 'conv1');
  }).timeout(60_000);
});
