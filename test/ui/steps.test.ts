import assert from 'node:assert/strict';
import { sampleRun } from '../host/sampleRun.mjs';
import { eventuallyEqual } from './eventually';
import type { Panel } from './panel';
import { openPanel } from './window';

describe('walking through the steps', () => {
  let panel: Panel;
  let last: number;
  before(async () => {
    panel = await openPanel(sampleRun[1]);
    last = (await panel.steps()).length - 1;
  });

  const press = (key: string) => panel.frame.locator('body').press(key);
  const button = (name: string) => panel.region('Steps').getByRole('button', { name });
  const isAt = (step: number) => eventuallyEqual(panel.step, step);

  it('goes with the arrow keys, Home and End, and stops at the ends', async () => {
    await isAt(0);
    for (const [key, step] of [
      ['ArrowRight', 1],
      ['ArrowRight', 2],
      ['ArrowLeft', 1],
      ['End', last],
      ['ArrowRight', last],
      ['Home', 0],
      ['ArrowLeft', 0],
    ] as const) {
      await press(key);
      await isAt(step);
    }
  });

  it('goes with the buttons, and offers none beyond the ends', async () => {
    await button('Next step').click();
    await isAt(1);
    await button('Last step').click();
    await isAt(last);
    assert.ok(await button('Next step').isDisabled());
    await button('Previous step').click();
    await isAt(last - 1);
    await button('First step').click();
    await isAt(0);
    assert.ok(await button('Previous step').isDisabled());
    assert.match(await panel.region('Steps').innerText(), new RegExp(`1 / ${last + 1}`));
  });

  it('plays by itself until it is stopped', async () => {
    await panel.goTo(0);
    await button('Play the steps').click();
    await isAt(1);
    await button('Pause').click();
    await button('Play the steps').waitFor();
    assert.equal(await panel.step(), 1);
  });

  it('says at every step what it does with which numbers, beside pictures that are painted', async () => {
    const said = new Set<string>();
    for (let step = 0; step <= last; step++) {
      await panel.goTo(step);
      const text = await panel.stepText();
      assert.match(text, /^\S.{20,}/);
      said.add(text);
      assert.deepEqual(await blankPictures(panel), [], `at step ${step}`);
    }
    assert.equal(said.size, last + 1, 'every step says something else');
  });

  it('substitutes the numbers of the digit', async () => {
    await panel.goTo(0);
    const text = await panel.stepText();
    for (const formula of [
      'OH = (28 + 2·0 − 5)/1 + 1 = 24',
      'N·OH·OW = 1·24·24 = 576',
      'C·FH·FW = 1·5·5 = 25',
    ])
      assert.ok(text.includes(formula), `${formula} in ${text}`);
  });
});

/** Names of the arrays whose canvas shows nothing. */
function blankPictures({ frame }: Panel): Promise<string[]> {
  return frame.locator('.picture').evaluateAll(pictures =>
    pictures
      .filter(picture => {
        const canvas = picture.querySelector('canvas');
        const context = canvas?.getContext('2d');
        if (!canvas || !context || canvas.width * canvas.height === 0) return true;
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return !data.some((value, i) => i % 4 === 3 && value > 0);
      })
      .map(picture => picture.getAttribute('data-array') ?? ''),
  );
}
