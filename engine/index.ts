/**
 * The engine's public API: tensors, im2col, convolution and pooling with backward, traces that explain every cell, and
 * readers for the files a network's numbers live in. Runs in Node, in a worker and in a browser; nothing else is needed.
 */
export {
  CancelledError,
  EngineError,
  ExpressionError,
  FormatError,
  IndexError,
  messageOf,
  ShapeError,
  throwIfCancelled,
  UnsupportedError,
  type ErrorCode,
} from './errors';

// Tensors, and arrays that are read region by region.
export * from './tensor';

// Windows: output sizes, index variables, im2col.
export {
  canBeInput,
  canBeWeights,
  asPad,
  asPair,
  assignmentAt,
  checkFilters,
  col2im,
  convolutionGeometry,
  droppedBorder,
  extentsOf,
  GeometryError,
  hasWindowInPadding,
  im2col,
  indexAt,
  inputPosition,
  paddedShape,
  paddedSize,
  poolingGeometry,
  sizeFormula,
  spatialAxis,
  windowGeometry,
  windowSpan,
  type Arrangement,
  type Assignment,
  type Col2imOptions,
  type ColBuild,
  type ColLayout,
  type ConvolutionOptions,
  type Extents,
  type Im2colOptions,
  type Pad,
  type Pair,
  type PoolingWindow,
  type SpatialAxis,
  type Variable,
  type WindowAttributes,
  type WindowGeometry,
} from './conv';

// Layers, and the record of a run.
export {
  Convolution,
  outputShape,
  Pooling,
  traceLayer,
  type ConvolutionRun,
  type LayerRun,
  type PoolingOptions,
  type PoolingRun,
  type RunningLayer,
} from './layers';
export {
  arrayOf,
  explain,
  linkCells,
  MAX_TERMS,
  type Cell,
  type Direction,
  type Explanation,
  type LayerInfo,
  type Links,
  type Operation,
  type Role,
  type Rule,
  type Step,
  type Term,
  type Trace,
  type TraceArray,
} from './trace';

// Networks: what is known of them without running, what runs, and a session that steps through a run.
export * from './network';
export * from './run';
export * from './session';

// Files.
export {
  browserImageType,
  filterAxes,
  fitImage,
  memoryBytes,
  openPixels,
  openRaw,
  openTensorFile,
  pythonLine,
  writeNpy,
  writeNpz,
  writePng,
  writeSafetensors,
  writeTable,
  type BrowserImageType,
  type ByteSource,
  type FormatName,
  type LoadedArray,
  type Metadata,
  type Note,
  type RawLayout,
  type Siblings,
  type TensorEntry,
  type TensorFile,
  type TextEntry,
} from './formats';
