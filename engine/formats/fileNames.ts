/** The formats, and what the names of their files look like. */
export const FILE_NAMES = {
  npy: /\.npy$/i,
  npz: /\.npz$/i,
  pickle: /\.(pkl|pickle|p|joblib)$/i,
  torch: /\.(pt|pth)$/i,
  safetensors: /\.safetensors$/i,
  hdf5: /\.(h5|hdf5)$/i,
  keras: /\.keras$/i,
  onnx: /\.(onnx|pb)$/i,
  idx: /(\.idx\d?|[-.]idx\d?-ubyte)$/i,
  tfjs: /(^|[/\\])model\.json$/i,
  json: /\.json$/i,
  csv: /\.(csv|tsv)$/i,
  png: /\.png$/i,
  jpeg: /\.jpe?g$/i,
} as const satisfies Record<string, RegExp>;

export type FormatName = keyof typeof FILE_NAMES;

/** What an array without a name of its own is called: the file's name without folders and extensions. */
export function stem(fileName: string): string {
  // A name such as `.npy` is all there is, not an extension.
  return withoutGz(baseName(fileName)).replace(/(?<=.)\.[^.]*$/s, '');
}

/** The name without its folders. */
export function baseName(fileName: string): string {
  return fileName.replace(/^.*[/\\]/s, '');
}

/** The name without `.gz`: what the content is. */
export function withoutGz(fileName: string): string {
  return fileName.replace(/\.gz$/i, '');
}
