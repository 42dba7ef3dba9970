import assert from 'node:assert/strict';
import { eventuallyEqual, eventuallyMatch } from './eventually';
import type { Panel } from './panel';
import { openSmallLayer } from './smallLayer';
import { sharedWindow } from './window';

const out = [
  [13, 17, 21],
  [29, 33, 37],
  [45, 49, 53],
];
const dx = [
  [0, 1, 3, 2],
  [3, 8, 12, 7],
  [9, 20, 24, 13],
  [6, 13, 15, 8],
];
/** What has landed in dx after each filter tap. */
const taps = [
  [
    [0, 1, 2, 0],
    [3, 4, 5, 0],
    [6, 7, 8, 0],
    [0, 0, 0, 0],
  ],
  [
    [0, 1, 3, 2],
    [3, 7, 9, 5],
    [6, 13, 15, 8],
    [0, 0, 0, 0],
  ],
  [
    [0, 1, 3, 2],
    [3, 8, 11, 5],
    [9, 17, 20, 8],
    [6, 7, 8, 0],
  ],
  dx,
];

describe('the layer of chapter 7 in the panel', () => {
  let panel: Panel;
  before(async () => {
    const { setSize } = await sharedWindow();
    await setSize(1000, 900); // one picture below the other, so that whole tables are in view
    panel = await openSmallLayer();
  });
  after(async () => (await sharedWindow()).setSize());

  /** Goes to the step called so and shows the array as a table. */
  async function tableOf(step: string, array: string): Promise<void> {
    const steps = await panel.steps();
    await panel.goTo(steps.findIndex(name => name.startsWith(step)));
    if ((await panel.card(array).getByRole('grid').count()) === 0) await panel.toggleTable(array);
  }

  it('is announced with its files, shapes and attributes', async () => {
    assert.equal(await panel.heading(), 'Conv · ones (1, 1, 2, 2)');
    const facts = await panel.frame.locator('header p').first().innerText();
    assert.match(
      facts,
      /ones\.npy[\s\S]*arange\.npy[\s\S]*stride 1[\s\S]*pad 0[\s\S]*dilation 1[\s\S]*groups 1/,
    );
  });

  it('has the shapes of the book at every step', async () => {
    const shapes = (await panel.steps()).map(step => step.slice(step.indexOf('(')));
    assert.deepEqual(
      shapes,
      [
        ['(9, 4)', '(4, 1)', '(9, 1)', '(9, 1)', '(1, 3, 3, 1)', '(1, 1, 3, 3)'], // im2col to transpose
        ['(9, 1)', '(1,)', '(1, 1, 2, 2)', '(9, 4)', '(1, 1, 4, 4)'], // dout, db, dW, dcol, col2im
      ].flat(),
    );
  });

  it('explains a cell of out with the numbers of the book', async () => {
    await panel.goTo(0);
    await eventuallyMatch(panel.explanation, /out\[0, 0, 1, 1\] = col\[4, :\] · colW\[:, 0\] \+ b\[0\]/);
    assert.match(await panel.explanation(), /= 5·1 \+ 6·1 \+ 9·1 \+ 10·1\s+= 30\.0 \+ 3\.0 = 33\.0/);
  });

  for (const { step, array, numbers } of [
    { step: 'im2col', array: 'out', numbers: out },
    {
      step: 'dW',
      array: 'dW',
      numbers: [
        [258, 294],
        [402, 438],
      ],
    },
    { step: 'db', array: 'db', numbers: [[36]] },
    { step: 'col2im', array: 'dx', numbers: dx },
  ]) {
    it(`has the numbers of ${array}`, async () => {
      await tableOf(step, array);
      await eventuallyEqual(() => panel.table(array), numbers);
    });
  }

  it('has the col matrix, a row for each window', async () => {
    await tableOf('im2col', 'col');
    await eventuallyEqual(
      () => panel.table('col'),
      [0, 1, 2, 4, 5, 6, 8, 9, 10].map(first => [first, first + 1, first + 4, first + 5]),
    );
  });

  it('builds dx tap by tap', async () => {
    await tableOf('col2im', 'dxPartial');
    const tap = panel.card('dxPartial').getByRole('spinbutton', { name: 'tap, 0 to 3' });
    for (const [k, numbers] of taps.entries()) {
      await tap.fill(String(k));
      await eventuallyEqual(() => panel.table('dxPartial'), numbers, `after tap ${k}`);
    }
  });
});
