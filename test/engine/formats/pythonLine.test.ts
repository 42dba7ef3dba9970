import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openTensorFile, pythonLine, type LoadedArray } from '../../../engine/formats';
import { pythonText } from '../../../engine/formats/write/pythonText';

const array = { dtype: 'float32', shape: [2, 3], access: '' } as const;

const dataset = { format: 'hdf5', fileName: 'x.h5', name: 'a.b', access: "['/a/b']" } as const;

describe('pythonLine', () => {
  // Each was run by Python on its fixture, and gave the values that the reader gives.
  const accesses: [file: string, array: string, access: string | undefined][] = [
    ['npy/record.npy', 'record.x', "['x']"],
    ['npz/records-and-complex.npz', 'points.x', "['points']['x']"],
    ['npz/records-and-complex.npz', 'z.real', "['z'].real"],
    ['pickle/nested-protocol4.pkl', 'layers.0.W', "['layers'][0]['W']"],
    ['joblib/estimator.joblib', 'coef_', undefined],
    ['hdf5/keras2.h5', 'conv2d.bias', "['/model_weights/conv2d/conv2d/bias:0']"],
    ['hdf5/records.h5', 'mixed.id', "['/mixed']['id']"],
    ['hdf5/records.h5', 'waves.real', undefined],
    ['json/strange-keys.json', 'a.b', "['a.b']"],
    ['csv/pandas-texts.csv', 'pandas-texts', '.iloc[1:, [0, 2]].astype(float).to_numpy()'],
    ['csv/pandas-texts.csv', 'name', '.iloc[1:, 1].to_numpy()'],
    ['torch/checkpoint.pt', 'model.conv1.weight', "['model']['conv1.weight']"],
    ['onnx/constants.onnx', 'tensor', undefined],
    ['onnx/tensor.pb', 'input', ''],
  ];
  for (const [path, array, access] of accesses) {
    it(`gets at ${array} of ${path}${access === undefined ? ' only by the comment' : ''}`, async () => {
      const { tensors, texts = [] } = await openTensorFile(
        readFileSync(`test/fixtures/formats/${path}`),
        path,
      );
      const entry = [...tensors, ...texts].find(({ name }) => name === array);
      assert.ok(entry);
      assert.equal(entry.access, access);
    });
  }

  // Each was run by Python, too.
  const needs: [file: string, line: string][] = [
    ['csv/numpy-blanks.csv', "pd.read_csv('numpy-blanks.csv', sep=' ', comment='#', header=None)"],
    [
      'csv/excel-unicode.tsv',
      "pd.read_csv('excel-unicode.tsv', sep='\\x09', encoding='utf-16', comment='#', header=None)",
    ],
    ['pickle/python2-protocol2.pkl', "pickle.load(open('python2-protocol2.pkl', 'rb'), encoding='latin1')"],
    ['pickle/params-protocol0.pkl', "pickle.load(open('params-protocol0.pkl', 'rb'))"],
    ['torch/big-endian.pt', "torch.load('big-endian.pt', map_location='cpu')"],
  ];
  for (const [path, line] of needs) {
    it(`tells Python what ${path} needs`, async () => {
      const { tensors, format, python } = await openTensorFile(
        readFileSync(`test/fixtures/formats/${path}`),
        path,
      );
      const found = pythonLine({ ...tensors[0], format, fileName: path, python });
      assert.ok(found.startsWith(line), found);
      assert.equal(/before 2\.1/.test(found), path.startsWith('torch/big'));
    });
  }

  const lines: [Partial<LoadedArray>, string][] = [
    [{ format: 'npy', fileName: '/data/x.npy', name: 'x' }, "np.load('x.npy')"],
    [{ format: 'npy', fileName: 'x.npy.gz', name: 'x' }, "np.load(gzip.open('x.npy.gz'))"],
    [
      { format: 'npz', fileName: 'x.npz', name: 'W1', access: "['W1']", slice: '3, 0' },
      "np.load('x.npz')['W1'][3, 0]",
    ],
    [
      {
        format: 'pickle',
        fileName: 'x.pkl',
        name: 'layers.0.W',
        access: "['layers'][0]['W']",
        slice: '[::2, -1]',
      },
      "pickle.load(open('x.pkl', 'rb'))['layers'][0]['W'][::2, -1]  # runs code from the file: only for files you trust",
    ],
    [
      { format: 'pickle', fileName: 'x.joblib', name: 'x' },
      "joblib.load('x.joblib')  # runs code from the file: only for files you trust",
    ],
    [
      { format: 'torch', fileName: 'm.pt', name: 'conv1.weight', access: "['conv1.weight']", slice: '3' },
      "torch.load('m.pt', map_location='cpu')['conv1.weight'][3]",
    ],
    [
      { format: 'torch', fileName: 'm.pt', name: 'conv1.weight', access: undefined, slice: '3' },
      "torch.load('m.pt', map_location='cpu')  # look for 'conv1.weight' in it",
    ],
    [
      { format: 'pickle', fileName: 'm.pkl', name: 'coef_', access: undefined },
      "pickle.load(open('m.pkl', 'rb'))  # look for 'coef_' in it; runs code from the file: only for files you trust",
    ],
    [
      {
        format: 'safetensors',
        fileName: 'm.safetensors',
        name: 'w',
        access: ".get_tensor('w')",
        slice: '...',
      },
      "safetensors.safe_open('m.safetensors', framework='pt').get_tensor('w')[...]",
    ],
    [
      { format: 'safetensors', fileName: 'm.safetensors.index.json', name: 'w', access: ".get_tensor('w')" },
      "safetensors.safe_open(json.load(open('m.safetensors.index.json', 'rb'))['weight_map']['w'], framework='pt').get_tensor('w')",
    ],
    [{ ...dataset }, "h5py.File('x.h5')['/a/b'][()]"],
    [{ ...dataset, slice: '0, ::2' }, "h5py.File('x.h5')['/a/b'][0, ::2]"],
    [{ ...dataset, slice: '0, ::-2' }, "h5py.File('x.h5')['/a/b'][()][0, ::-2]"],
    [
      { format: 'onnx', fileName: 'm.onnx', name: 'W', access: "['W']" },
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
    [
      { format: 'onnx', fileName: 'input_0.pb', name: 'x' },
      "onnx.numpy_helper.to_array(onnx.load_tensor('input_0.pb'))",
    ],
    [
      {
        format: 'csv',
        fileName: 't.csv',
        name: 't',
        access: '.iloc[1:, :].astype(float).to_numpy()',
        python: { arguments: "sep=';'" },
      },
      "pd.read_csv('t.csv', sep=';', comment='#', header=None).iloc[1:, :].astype(float).to_numpy()",
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
      pythonLine({ ...array, format: 'npz', fileName: `${name}n.npz`, name: `${name}\\`, access: undefined }),
      `np.load(${pythonText(`${name}n.npz`)})  # look for ${pythonText(`${name}\\`)} in it`,
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
