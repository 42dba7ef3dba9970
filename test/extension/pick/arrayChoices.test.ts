import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { linesOf, type CatalogArray, type Suitability } from '../../../extension/pick/arrayChoices';
import type { CatalogFile } from '../../../extension/pick/catalog';

describe('the lines of arrays to choose from', () => {
  const headings = { well: 'fits', maybe: 'may fit', not: 'does not fit' };
  const suits = ({ tensor }: CatalogArray): Suitability =>
    tensor.shape.length === 4
      ? { fits: tensor.shape[2] < 16 ? 'well' : 'maybe' }
      : { fits: 'not', detail: 'why' };
  const file = (name: string, ...shapes: number[][]): CatalogFile => ({
    uri: Uri.file(`/${name}`),
    name,
    content: {
      isImage: false,
      tensors: shapes.map((shape, i) => ({ name: `${name}${i}`, dtype: 'float32', shape })),
      notes: [],
    },
  });
  const broken: CatalogFile = { uri: Uri.file('/x'), name: 'x', content: { error: 'damaged' } };
  const first = [file('b', [4, 1, 3, 3], [4]), broken];
  const second = [file('a', [1, 1, 28, 28], [4, 1, 3, 3])];
  const labels = (parts: CatalogFile[][], isComplete: boolean) =>
    linesOf(parts, { headings, suits }, isComplete).map(({ label }) => label);

  it('never move once they are shown: more files and misfits come after them', () => {
    const shown = [labels([first], false), labels([first, second], false), labels([first, second], true)];
    for (const [i, lines] of shown.slice(1).entries()) {
      assert.deepEqual(lines.slice(0, shown[i].length), shown[i]);
    }
    assert.deepEqual(shown[2], [
      ...['fits', 'b0  $(file) b'],
      ...['fits', 'a1  $(file) a', 'may fit', 'a0  $(file) a'],
      ...['does not fit', 'b1  $(file) b', 'x'],
    ]);
  });

  it('that do not fit say why, and have no value to take', () => {
    const lines = linesOf([first], { headings, suits }, true);
    const misfits = lines.slice(lines.findIndex(({ label }) => label === 'does not fit') + 1);
    assert.deepEqual(
      misfits.map(({ detail, value }) => [detail, value]),
      [
        ['$(circle-slash) why', undefined],
        ['$(circle-slash) damaged', undefined],
      ],
    );
  });
});
