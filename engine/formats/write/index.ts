export { pythonLine, type LoadedArray } from './pythonLine';
export { writeNpy } from './writeNpy';
export { writeNpz } from './writeNpz';
export { writePng } from './writePng';
export { writeSafetensors } from './writeSafetensors';
export { writeTable } from './writeTable';
