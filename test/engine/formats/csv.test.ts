import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openTensorFile } from '../../../engine/formats';
import { counting, headAndZeros } from './support/sources';

const open = (text: string, name = 'x.csv') => openTensorFile(new TextEncoder().encode(text), name);
const numbersOf = async (text: string) => [...(await (await open(text)).tensors[0].read()).data];

describe('csv', () => {
  it('names its columns by the header, and says what separates them', async () => {
    const { format, metadata, texts } = await open('epoch\tname\tloss\n1\ta\t0.5\n2\tb\t0.25\n', 'x.tsv');
    assert.equal(format, 'csv');
    assert.deepEqual(metadata, [
      { name: 'separator', value: 'tab' },
      {
        name: 'columns',
        children: [
          { name: '0', value: 'epoch' },
          { name: '1', value: 'loss' },
        ],
      },
    ]);
    assert.deepEqual(await texts?.[0].readTexts([{ start: 1, count: 2, step: -1 }]), ['b', 'a']);
  });

  it('takes a first row of numbers for numbers', async () => {
    assert.deepEqual(await numbersOf('2019,2020\n1,2\n'), [2019, 2020, 1, 2]);
    assert.deepEqual(await numbersOf('year,2019\n1,2\n'), [1, 2]);
    assert.deepEqual(await numbersOf('x\n1\n'), [1]);
  });

  it('tells commas between cells from those in them', async () => {
    assert.deepEqual((await open('a;b,c\n1;2\n')).tensors[0].shape, [1, 2]);
    const { tensors, texts } = await open('"1,5";2\n"3,5";4\n');
    assert.deepEqual(tensors[0].shape, [2, 1]);
    assert.deepEqual(await texts?.[0].readTexts([{ start: 0, count: 2, step: 1 }]), ['1,5', '3,5']);
  });

  it('says how many numbers are missing, and that comments are left out', async () => {
    const { notes } = await open('# made by hand\n1,\n3,4\n,n/a\n');
    assert.deepEqual(notes, [
      { name: '', reason: '3 of its 6 numbers are missing, and read as NaN' },
      { name: '', reason: 'lines that start with # are left out: 1' },
    ]);
  });

  it('refuses a region outside of a column of texts', async () => {
    const { texts } = await open('name,label\na,b\n');
    await assert.rejects(async () => texts?.[0].readTexts([{ start: 0, count: 2, step: 1 }]), {
      message: /outside axis 0 of \(1,\)/,
    });
  });

  it('refuses a table too large to be taken apart before it reads it', async () => {
    const source = counting(headAndZeros(readFileSync('test/fixtures/formats/csv/numpy.csv'), 2 ** 26 + 1));
    await assert.rejects(openTensorFile(source, 'x.csv'), {
      message: /^csv: the table has 64\.0 MiB.*\.npy$/,
    });
    assert.ok(source.bytesRead < 1000);
  });

  it('refuses more cells in a line than a table has', async () => {
    await assert.rejects(open('1,'.repeat(2 ** 21 + 1)), { message: /a line has 4194306 characters/ });
    await assert.rejects(open(`${'1,'.repeat(100_000)}1`), { message: /has 100001 cells, over 100000/ });
  });
});
