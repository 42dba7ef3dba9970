export { applyChanges, type TextEdit } from './applyChanges';
export { cursorAt, type Cursor } from './cursor';
export type { FileFault } from './faults';
export { parseNetwork, type ParsedNetwork } from './parseNetwork';
export { networkSchema, type JsonSchema } from './schema';
export {
  createSource,
  type KeyPosition,
  type LayerPosition,
  type NetworkSource,
  type SourcePositions,
} from './source';
export { spacedJson } from './spacedJson';
export { writeNetwork } from './writeNetwork';
