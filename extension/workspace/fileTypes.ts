/**
 * What the names of files of arrays end with, by what is done with them. The search, the file dialog and the side bar
 * take it from here; the menus and editors of package.json are held against it by a test.
 */
export const FILE_TYPES = {
  /** Files that hold arrays and hardly anything else. */
  arrays: [
    ...['npy', 'npz', 'pkl', 'pickle', 'joblib', 'pt', 'pth', 'safetensors'],
    ...['h5', 'hdf5', 'keras', 'onnx', 'idx'],
  ],
  images: ['png', 'jpg', 'jpeg'],
  /** Texts that may be arrays. */
  texts: ['json', 'csv', 'tsv'],
  /** Images that the editor's browser decodes, and bytes that one has to be told about: for the editor only. */
  editorOnly: ['webp', 'gif', 'bmp', 'bin', 'raw'],
} as const;

const { arrays, images, texts, editorOnly } = FILE_TYPES;

/** MNIST's own names, such as `train-images-idx3-ubyte.gz`, have no extension. */
const IDX_NAMES = ['*idx?-ubyte', '*idx?-ubyte.gz'];
const IDX_NAME = /idx\d-ubyte(\.gz)?$/i;

/** Where a network is described. */
export const NETWORK_NAMES = '*.cnn.json';

/** Files that Run Conv Layer offers arrays of. */
export const SEARCH_GLOB = globOf([...arrays, ...images, ...texts], IDX_NAMES);

/** Files in the side bar. */
export const SIDEBAR_GLOB = globOf(arrays, [...IDX_NAMES, NETWORK_NAMES]);

/** For the file dialog; `gz` stands for every one of them. */
export const DIALOG_EXTENSIONS = [...arrays, ...images, ...texts, ...editorOnly, 'gz'];

/** Whether a file of that name holds arrays and hardly anything else. */
export function isArrayFileName(name: string): boolean {
  const [plain] = /^.*?(?=(\.gz)?$)/is.exec(name)!;
  return arrays.some(extension => plain.toLowerCase().endsWith(`.${extension}`)) || IDX_NAME.test(name);
}

/** What ends the names of files that open in our editor only where one asks for it: others may open them better. */
export const OTHER_EDITORS_FIRST: readonly string[] = [
  ...['h5', 'hdf5', 'keras', 'onnx'],
  ...images,
  ...texts,
  ...editorOnly,
  'gz',
];

/** Whether a file of that name opens in our editor only where one asks for it. */
export function isOpenedByOthersFirst(name: string): boolean {
  return !IDX_NAME.test(name) && OTHER_EDITORS_FIRST.some(end => name.toLowerCase().endsWith(`.${end}`));
}

/** Whether a file of that name describes a network. */
export function isNetworkFileName(name: string): boolean {
  return name.endsWith(NETWORK_NAMES.slice(1));
}

function globOf(extensions: readonly string[], names: readonly string[]): string {
  return `**/{${[...extensions.flatMap(end => [`*.${end}`, `*.${end}.gz`]), ...names].join(',')}}`;
}
