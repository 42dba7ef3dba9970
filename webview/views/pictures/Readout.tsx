import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { exact } from '../../draw/format';
import type { ArrayReader } from './arrayReader';
import type { AxisLabels } from './axes';
import { idOf, type Channels, type PictureArray } from './picture';

export interface ReadoutProps {
  readonly array: PictureArray;
  readonly axes: readonly AxisLabels[];
  readonly reader: ArrayReader;
  /** The cell under the pointer or the cursor. Without one the line says what kind of numbers there are. */
  readonly index: readonly number[] | undefined;
  /** Its value, or its red, green and blue, where the picture has them at hand; they are read otherwise. */
  readonly values: readonly (number | bigint)[] | undefined;
  readonly channels?: Channels;
  /** Whether a screen reader should say the line: yes for the keyboard's cursor, not for every cell a pointer crosses. */
  readonly spoken: boolean;
}

/** The line under a picture: `[295, 3]  n0 oh12 ow7 · c0 fh0 fw3  0.98823529` */
export function Readout({ array, axes, reader, index, values, channels, spoken }: ReadoutProps): VNode {
  const read = useCellValues(array, reader, values === undefined ? index : undefined, channels);
  const shown = values ?? read;
  return (
    <span class="picture-readout" role="status" aria-live={spoken ? 'polite' : 'off'}>
      {index ? (
        <>
          <span class="picture-readout-index">[{(array.originOf?.(index) ?? index).join(', ')}]</span>{' '}
          <span class="picture-readout-names">{namesOf(axes, index)}</span>{' '}
          <output class="picture-readout-value">
            {shown?.map(value => exact(value, array.dtype)).join(', ') ?? '…'}
          </output>
        </>
      ) : (
        <span class="picture-readout-names">{array.dtype}</span>
      )}
    </span>
  );
}

/** Names of a cell on every axis: `n0 oh12 ow7 · c0 fh0 fw3`. Nothing where the axes have none. */
export function namesOf(axes: readonly AxisLabels[], index: readonly number[]): string {
  if (!axes.some(({ isNamed }) => isNamed)) return '';
  return axes.map((axis, i) => axis.label(index[i])).join(' · ');
}

/** The pointer may cross many cells; only the one it rests on is worth a request. */
const REST = 60;

function useCellValues(
  array: PictureArray,
  reader: ArrayReader,
  index: readonly number[] | undefined,
  channels: Channels | undefined,
): readonly (number | bigint)[] | undefined {
  const id = idOf(array);
  const key = index && `${id} ${index.join()} ${channels?.axis}`;
  const [read, setRead] = useState<{ key: string; values: readonly (number | bigint)[] }>();
  useEffect(() => {
    if (!index || key === undefined) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      Promise.all(cellsOf(index, channels).map(cell => reader.cell(id, cell, controller.signal))).then(
        values => setRead({ key, values }),
        () => undefined, // the picture itself says what cannot be read
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, reader]);
  return read?.key === key ? read?.values : undefined;
}

function cellsOf(index: readonly number[], channels: Channels | undefined): (readonly number[])[] {
  return channels ? channels.positions.map(position => index.with(channels.axis, position)) : [index];
}
