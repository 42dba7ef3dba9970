import { valueLoops, type ValueLoops } from '../../../engine';

/** Values of some rows and columns of a plane. */
export interface PlaneValues {
  /** The first row and column. */
  readonly row: number;
  readonly column: number;
  /** How many rows and columns there are; of the plane's rows every `every`-th. */
  readonly height: number;
  readonly width: number;
  readonly every: number;
  /** From a row's value to that of the next row, and from a column's to that of the next column. */
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Running minimum, maximum and mean of `rows` × `columns` blocks, each of `height` × `block` cells of a plane. */
export function createBlocks([rows, columns]: readonly number[], height: number, block: number) {
  const count = rows * columns;
  const min = new Float64Array(count).fill(Infinity);
  const max = new Float64Array(count).fill(-Infinity);
  const mean = new Float64Array(count);
  const cells = new Float64Array(count);

  /** Adds the `width` values at `start`, `start + step`, …: cells (row, column), (row, column + 1), … of the plane. */
  const addRow = (
    values: ArrayLike<number>,
    start: number,
    step: number,
    width: number,
    row: number,
    column: number,
  ): void => {
    let at = Math.floor(row / height) * columns + column / block;
    let next = start;
    for (let done = 0; done < width; done += block, at++) {
      const size = Math.min(block, width - done);
      let least = min[at];
      let greatest = max[at];
      let sum = 0;
      const end = next + size * step;
      for (let i = next; i < end; i += step) {
        const value = values[i];
        // Once these are NaN, no comparison is true any more.
        if (value < least) least = value;
        if (value > greatest) greatest = value;
        sum += value;
      }
      if (Number.isNaN(sum) && holdsNaN(values, next, end, step)) least = greatest = NaN;
      next = end;
      min[at] = least;
      max[at] = greatest;
      mean[at] += sum;
      cells[at] += size;
    }
  };

  /** The same for all rows, by faster loops: as many columns of the rows of a block at a time as they take. */
  const addFloats = (values: Float32Array, part: PlaneValues, loops: ValueLoops): void => {
    const { row, column, height: partHeight, width, every, rowStep } = part;
    const most = Math.min(width, block * Math.floor(loops.mostColumns / block));
    const blockRows = height / every;
    for (let i = 0, taken = 0; i < partHeight; i += taken) {
      taken = Math.min(blockRows - (i % blockRows), partHeight - i, Math.floor(loops.most / most));
      for (let first = 0; first < width; first += most) {
        const columnsTaken = Math.min(most, width - first);
        const start = i * rowStep + first;
        const found = loops.blocks(values, { start, step: rowStep, rows: taken, width: columnsTaken }, block);
        let at = Math.floor((row + i * every) / height) * columns + (column + first) / block;
        for (let j = 0; j < found.length; j += 3, at++) {
          const from = (j / 3) * block;
          const size = Math.min(block, columnsTaken - from);
          if (Number.isNaN(found[j + 2])) {
            for (let k = 0; k < taken; k++)
              addRow(values, start + from + k * rowStep, 1, size, row + i * every, column + first + from);
            continue;
          }
          if (found[j] < min[at]) min[at] = found[j];
          if (found[j + 1] > max[at]) max[at] = found[j + 1];
          mean[at] += found[j + 2];
          cells[at] += size * taken;
        }
      }
    }
  };

  return {
    add(values: ArrayLike<number>, part: PlaneValues): void {
      const { row, column, height: partHeight, width, every, rowStep, columnStep } = part;
      const loops = valueLoops();
      if (loops && values instanceof Float32Array && columnStep === 1 && block <= loops.mostColumns) {
        addFloats(values, part, loops);
        return;
      }
      for (let i = 0; i < partHeight; i++)
        addRow(values, i * rowStep, columnStep, width, row + i * every, column);
    },
    finish() {
      for (let at = 0; at < count; at++) mean[at] /= cells[at];
      return { min, max, mean };
    },
  };
}

function holdsNaN(values: ArrayLike<number>, start: number, end: number, step: number): boolean {
  for (let i = start; i < end; i += step) if (Number.isNaN(values[i])) return true;
  return false;
}
