export { applyChanges, spacedJson, type TextEdit } from './applyChanges';
export type { FileFault } from './faults';
export { parseNetwork, type ParsedNetwork } from './parseNetwork';
export type { KeyPosition, LayerPosition, NetworkSource, SourcePositions } from './source';
