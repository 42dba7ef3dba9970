import assert from 'node:assert/strict';
import { pythonLine, type LoadedArray } from '../../../engine/formats';
import { pythonText } from '../../../engine/formats/write/pythonText';

const array = { dtype: 'float32', shape: [2, 3] } as const;

describe('pythonLine', () => {
  const lines: [Partial<LoadedArray>, string][] = [
    [{ format: 'npy', fileName: '/data/x.npy', name: 'x' }, "np.load('x.npy')"],
    [{ format: 'npy', fileName: 'x.npy.gz', name: 'x' }, "np.load(gzip.open('x.npy.gz'))"],
    [{ format: 'npz', fileName: 'x.npz', name: 'W1', slice: '3, 0' }, "np.load('x.npz')['W1'][3, 0]"],
    [
      { format: 'pickle', fileName: 'x.pkl', name: 'layers.0.W', slice: '[::2, -1]' },
      "pickle.load(open('x.pkl', 'rb'))['layers'][0]['W'][::2, -1]  # runs code from the file: only for files you trust",
    ],
    [
      { format: 'pickle', fileName: 'x.joblib', name: 'x' },
      "joblib.load('x.joblib')  # runs code from the file: only for files you trust",
    ],
    [
      { format: 'torch', fileName: 'm.pt', name: 'conv1.weight', slice: '3' },
      "torch.load('m.pt', map_location='cpu')['conv1.weight'][3]",
    ],
    [
      { format: 'torch', fileName: 'm.pt', name: 'state_dict.conv1.weight' },
      "torch.load('m.pt', map_location='cpu')['state_dict']['conv1.weight']",
    ],
    [
      { format: 'safetensors', fileName: 'm.safetensors', name: 'w', slice: '...' },
      "safetensors.safe_open('m.safetensors', framework='pt').get_tensor('w')[...]",
    ],
    [
      { format: 'safetensors', fileName: 'm.safetensors.index.json', name: 'w' },
      "safetensors.safe_open(json.load(open('m.safetensors.index.json', 'rb'))['weight_map']['w'], framework='pt').get_tensor('w')",
    ],
    [{ format: 'hdf5', fileName: 'x.h5', name: '/a/b' }, "h5py.File('x.h5')['/a/b'][()]"],
    [{ format: 'hdf5', fileName: 'x.h5', name: '/a/b', slice: '0' }, "h5py.File('x.h5')['/a/b'][0]"],
    [
      { format: 'onnx', fileName: 'm.onnx', name: 'W' },
      "{t.name: onnx.numpy_helper.to_array(t) for t in onnx.load('m.onnx').graph.initializer}['W']",
    ],
    [
      {
        format: 'idx',
        fileName: 'train-idx3-ubyte.gz',
        name: 'train',
        dtype: 'uint8',
        shape: [3, 28, 28],
        slice: '0',
      },
      "np.frombuffer(gzip.open('train-idx3-ubyte.gz').read(), '|u1', offset=16).reshape((3, 28, 28))[0]",
    ],
    [{ format: 'json', fileName: 'x.json', name: 'x' }, "np.array(json.load(open('x.json', 'rb')))"],
    [
      { format: 'png', fileName: 'x.png', name: 'x', dtype: 'uint8', shape: [1, 3, 4, 5] },
      "np.asarray(Image.open('x.png').convert('RGB')).transpose(2, 0, 1)[None]",
    ],
    [
      { format: 'png', fileName: 'x.png', name: 'x', dtype: 'uint16', shape: [1, 1, 4, 5] },
      "np.asarray(Image.open('x.png'))[None, None]",
    ],
    [
      {
        format: 'raw',
        fileName: 'x.bin',
        name: 'x',
        raw: { dtype: 'float32', shape: [2, 3], offset: 8, order: 'F', littleEndian: false },
      },
      "np.fromfile('x.bin', '>f4', 6, offset=8).reshape((2, 3), order='F')",
    ],
    [
      { format: 'raw', fileName: 'x.bin', name: 'x', dtype: 'bfloat16' },
      "np.fromfile('x.bin', ml_dtypes.bfloat16, 6, offset=0).reshape((2, 3))",
    ],
  ];
  for (const [given, line] of lines) {
    it(line, () =>
      assert.equal(pythonLine({ ...array, format: 'npy', fileName: 'x', name: 'x', ...given }), line),
    );
  }

  it('lets no name be more than a text', () => {
    const name = "'] or __import__('os').system('x') #\n\u2028\u202e";
    assert.equal(
      pythonLine({ ...array, format: 'npz', fileName: `${name}n.npz`, name: `${name}\\` }),
      `np.load(${pythonText(`${name}n.npz`)})[${pythonText(`${name}\\`)}]`,
    );
    assert.equal(pythonText(name), String.raw`'\'] or __import__(\'os\').system(\'x\') #\n\u2028\u202e'`);
    assert.equal(pythonText('\ud800\u{e0001}\x07é'), String.raw`'\ud800\U000e0001\x07é'`);
  });

  it('takes no slice that is code', () => {
    assert.throws(
      () => pythonLine({ ...array, format: 'npy', fileName: 'x.npy', name: 'x', slice: '0]; f() #' }),
      {
        message: /is none of NumPy's/,
      },
    );
  });
});
