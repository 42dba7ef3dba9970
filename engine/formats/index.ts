export { memoryBytes, type ByteSource } from './byteSource';
export { fitImage } from './image/fitImage';
export { writeNpy } from './numpy/writeNpy';
export { isTensorFileName, type FormatName } from './fileNames';
export { openTensorFile } from './openTensorFile';
export type { Note, TensorEntry, TensorFile } from './tensorFile';
