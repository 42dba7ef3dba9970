import assert from 'node:assert/strict';
import { linkParts, linksOf, MOST_LANES } from '../../../webview/network/links';

/** `add: conv2, conv1` takes both; a name alone takes the one before. */
function layers(...texts: readonly string[]): { name: string; from: string[] }[] {
  const names = texts.map(text => text.split(':')[0]);
  return texts.map((text, i) => ({
    name: names[i],
    from: text.includes(':')
      ? text
          .split(':')[1]
          .split(',')
          .map(name => name.trim())
      : [names[i - 1] ?? 'input'],
  }));
}

describe('lines beside the list of layers', () => {
  it('are drawn for what does not come from the layer before', () => {
    assert.deepEqual(linksOf(layers('conv1', 'relu1', 'conv2', 'add1: conv2, conv1')), [
      { from: 1, to: 4, lane: 0 },
    ]);
  });

  it('may begin at the input', () => {
    assert.deepEqual(linksOf(layers('conv1', 'add1: conv1, input')), [{ from: 0, to: 2, lane: 0 }]);
  });

  it('share a lane one after the other, and lie side by side where they overlap', () => {
    const links = linksOf(layers('a', 'b', 'c: b, a', 'd', 'e: d, c', 'f: e, a'));
    assert.deepEqual(links, [
      { from: 1, to: 3, lane: 0 },
      { from: 1, to: 6, lane: 1 },
      { from: 3, to: 5, lane: 0 },
    ]);
  });

  it('are left out beyond a few lanes, however many a dense network has', () => {
    const dense = Array.from({ length: 200 }, (_, i) => {
      const earlier = Array.from({ length: i }, (_unused, j) => `l${j}`);
      return { name: `l${i}`, from: i === 0 ? ['input'] : earlier };
    });
    assert.ok(linksOf(dense).every(({ lane }) => lane < MOST_LANES));
  });

  it('start, pass by and end in rows', () => {
    const links = [{ from: 1, to: 3, lane: 0 }];
    assert.deepEqual(
      [0, 1, 2, 3, 4].map(row => linkParts(links, row).map(({ part }) => part)),
      [[], ['start'], ['middle'], ['end'], []],
    );
  });

  it('ignore names that no earlier layer has', () => {
    assert.deepEqual(linksOf(layers('a', 'b: nothing, c', 'c')), []);
  });
});
