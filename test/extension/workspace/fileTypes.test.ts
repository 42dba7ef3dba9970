import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAMES, withoutGz } from '../../../engine/formats/fileNames';
import {
  FILE_TYPES,
  isArrayFileName,
  isNetworkFileName,
  isOpenedByOthersFirst,
  OTHER_EDITORS_FIRST,
} from '../../../extension/workspace/fileTypes';
import { extensionPath } from '../support';

interface Manifest {
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly { command: string; when: string }[]>>;
    readonly customEditors: readonly { viewType: string; selector: readonly { filenamePattern: string }[] }[];
  };
}

describe('the names of files of arrays', () => {
  const { contributes } = JSON.parse(readFileSync(join(extensionPath, 'package.json'), 'utf8')) as Manifest;
  const { arrays, images, texts, editorOnly } = FILE_TYPES;
  const idx = ['train-images-idx3-ubyte', 'train-labels.idx1-ubyte', 't10k-images-idx3-ubyte.gz'];
  const others = ['a.txt', 'a.ts', 'npy', 'a.npyx', 'a.tar.gz', 'README.md', 'a.ptx'];
  const filesOf = (extensions: readonly string[]) =>
    extensions.flatMap(end => [`a.${end}`, `a.b.${end.toUpperCase()}`]);

  /** What a `when` clause tests the file's name against. */
  function pattern(menu: string, command: string): RegExp {
    const entry = contributes.menus[menu].find(item => item.command === `cnnInspector.${command}`);
    const [, source] =
      /resourceFilename =~ \/(.*)\/i/.exec(entry?.when ?? '') ?? assert.fail(`${command} in ${menu}`);
    return new RegExp(source, 'i');
  }
  /** The extensions in a pattern. */
  const extensionsIn = ({ source }: RegExp) => /\\\.\(([\w|]+)\)/.exec(source)?.[1].split('|');

  for (const { command, extensions } of [
    { command: 'inspectTensors', extensions: [...arrays, ...images, ...texts, ...editorOnly] },
    { command: 'runConvLayer', extensions: [...arrays, ...images] },
  ]) {
    for (const menu of ['explorer/context', 'editor/title/context']) {
      it(`are those on which ${menu} offers ${command}, and no others`, () => {
        const names = pattern(menu, command);
        assert.deepEqual([...(extensionsIn(names) ?? [])].sort(), [...extensions].sort());
        for (const name of [...filesOf(extensions), ...idx]) assert.match(name, names);
        for (const name of others) assert.doesNotMatch(name, names);
      });
    }
  }

  it('are offered for a network where they may hold several arrays', () => {
    const names = pattern('explorer/context', 'createNetwork');
    const several = arrays.filter(end => end !== 'npy' && end !== 'idx');
    assert.deepEqual([...(extensionsIn(names) ?? [])].sort(), [...several].sort());
    for (const name of filesOf(several)) assert.match(name, names);
    for (const name of [...others, ...idx, 'a.npy', 'a.png']) assert.doesNotMatch(name, names);
  });

  it('are those that the editor opens', () => {
    const patterns = contributes.customEditors.flatMap(({ selector }) =>
      selector.map(({ filenamePattern }) => filenamePattern),
    );
    const extensions = patterns.flatMap(text => /^\*\.(\w+)$/.exec(text)?.[1] ?? []);
    assert.deepEqual(
      [...arrays, ...images, ...texts, ...editorOnly].filter(end => !extensions.includes(end)),
      [],
    );
  });

  it('tell which editor type opens them', () => {
    const other = contributes.customEditors.find(({ viewType }) => viewType === 'cnnInspector.otherFile');
    assert.deepEqual(
      other?.selector.map(({ filenamePattern }) => filenamePattern).sort(),
      OTHER_EDITORS_FIRST.map(end => `*.${end}`).sort(),
    );
    for (const name of ['a.h5', 'a.npy.gz', 'a.PNG']) assert.ok(isOpenedByOthersFirst(name), name);
    for (const name of ['a.npy', ...idx]) assert.ok(!isOpenedByOthersFirst(name), name);
  });

  it('are those that the engine reads', () => {
    for (const name of [...filesOf([...arrays, ...images, ...texts]), ...idx])
      assert.ok(
        Object.values(FILE_NAMES).some(names => names.test(withoutGz(name))),
        name,
      );
  });

  it('tell files that hold nothing but arrays from the others', () => {
    for (const name of [...filesOf(arrays), ...idx, 'a.npy.gz']) assert.ok(isArrayFileName(name), name);
    for (const name of [...filesOf([...images, ...texts, ...editorOnly]), ...others]) {
      assert.ok(!isArrayFileName(name), name);
    }
    assert.ok(isNetworkFileName('lenet.cnn.json') && !isNetworkFileName('lenet.json'));
  });
});
