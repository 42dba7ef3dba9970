export { memoryBytes, readWhole, type ByteSource } from './bytes/byteSource';
export { BrowserImageError, browserImageType, openPixels, type BrowserImageType } from './image/browserImage';
export { fitImage } from './image/fitImage';
export * from './write';
export { filterAxes } from './filterLayout';
export { stem, type FormatName } from './fileNames';
export { MAX_READ_BYTES } from './limits';
export { openTensorFile } from './openTensorFile';
export { openRaw, type RawLayout } from './raw';
export type {
  Contents,
  Metadata,
  Note,
  PythonNeeds,
  Siblings,
  TensorEntry,
  TensorFile,
  TextEntry,
} from './tensorFile';
