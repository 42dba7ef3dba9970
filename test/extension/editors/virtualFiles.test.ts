import assert from 'node:assert/strict';
import { Uri, workspace } from 'vscode';
import { memoryFiles } from '../memoryFiles';
import { fixture, scratchFolder } from '../support';
import { ask, closeEditors, inspect, open, refused, valuesOf } from './support';

describe('the editor of a file that only VS Code can reach', () => {
  const files = scratchFolder();
  afterEach(closeEditors);
  let schemes = 0;

  /** The file's address on a file system of its own, which goes when `use` is done. */
  async function onMemory(path: string, use: (file: Uri) => Promise<void>, size?: number): Promise<void> {
    const scheme = `memeditor${schemes++}`;
    const provider = workspace.registerFileSystemProvider(scheme, memoryFiles(path, size));
    try {
      await use(Uri.file(path).with({ scheme }));
    } finally {
      await closeEditors();
      provider.dispose();
    }
  }

  it('reads all arrays, as from disk', async () => {
    const path = fixture('npz/deflated.npz');
    const onDisk = await inspect(path);
    const { arrays } = await open(onDisk);
    assert.ok(arrays.length > 1);
    await onMemory(path, async file => {
      const editor = await inspect(file);
      assert.deepEqual((await open(editor)).arrays, arrays);
      for (const { name } of arrays) {
        assert.deepEqual(await valuesOf(editor, name), await valuesOf(onDisk, name));
      }
    });
  });

  it('says that the shards of a model cannot be reached from there', async () => {
    const index = { metadata: {}, weight_map: { w: 'inside.safetensors' } };
    const path = files.write('virtual.safetensors.index.json', JSON.stringify(index));
    await onMemory(path, async file => {
      const message = await refused(ask(await inspect(file), 'file/open', {}));
      assert.match(
        message,
        /1 other file, which cannot be reached from here; open that \.safetensors file itself/,
      );
    });
  });

  it('says that the external data of a model cannot be reached from there', async () => {
    await onMemory(fixture('onnx/external.onnx'), async file => {
      const message = await refused(ask(await inspect(file), 'file/open', {}));
      assert.match(
        message,
        /'weights\.bin', which cannot be reached from here; open the model from a folder on disk/,
      );
    });
  });

  it('says that a file is too large to be read as a whole, and which setting allows it', async () => {
    const limit = workspace.getConfiguration('cnnInspector').get<number>('maxVirtualFileSize')!;
    const use = async (file: Uri) => {
      const message = await refused(ask(await inspect(file), 'file/open', {}));
      assert.match(message, /large\.npy: 1024 MiB of a memeditor\d+: file/);
      assert.ok(message.includes(`cnnInspector.maxVirtualFileSize (now ${limit} MiB)`), message);
    };
    await onMemory(files.array('large', [2]), use, 2 ** 30);
  });
});
