import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { exact } from '../../draw/format';
import type { ArrayInfo } from '../../protocol';
import type { ArrayReader } from './arrayReader';
import type { AxisLabels } from './axes';

export interface ReadoutProps {
  readonly array: ArrayInfo;
  readonly axes: readonly AxisLabels[];
  readonly reader: ArrayReader;
  /** The cell under the pointer or the cursor. Without one the line says what kind of numbers there are. */
  readonly index: readonly number[] | undefined;
  /** Its value where the picture has it at hand; it is read otherwise. */
  readonly value: number | undefined;
  /** Whether a screen reader should say the line: yes for the keyboard's cursor, not for every cell a pointer crosses. */
  readonly spoken: boolean;
}

/** The line under a picture: `[295, 3]  n0 oh12 ow7 · c0 fh0 fw3  0.98823529` */
export function Readout({ array, axes, reader, index, value, spoken }: ReadoutProps): VNode {
  const read = useCellValue(array, reader, value === undefined ? index : undefined);
  const shown = value ?? read;
  return (
    <span class="picture-readout" role="status" aria-live={spoken ? 'polite' : 'off'}>
      {index ? (
        <>
          <span class="picture-readout-index">[{index.join(', ')}]</span>{' '}
          <span class="picture-readout-names">{namesOf(axes, index)}</span>{' '}
          <output class="picture-readout-value">
            {shown === undefined ? '…' : exact(shown, array.dtype)}
          </output>
        </>
      ) : (
        <span class="picture-readout-names">{array.dtype}</span>
      )}
    </span>
  );
}

/** Names of a cell on every axis: `n0 oh12 ow7 · c0 fh0 fw3`. */
export function namesOf(axes: readonly AxisLabels[], index: readonly number[]): string {
  return axes.map((axis, i) => axis.label(index[i])).join(' · ');
}

/** The pointer may cross many cells; only the one it rests on is worth a request. */
const REST = 60;

function useCellValue(
  array: ArrayInfo,
  reader: ArrayReader,
  index: readonly number[] | undefined,
): number | undefined {
  const key = index && `${array.name} ${index.join()}`;
  const [read, setRead] = useState<{ key: string; value: number }>();
  useEffect(() => {
    if (!index || key === undefined) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      reader.cell(array.name, index, controller.signal).then(
        value => setRead({ key, value }),
        () => undefined, // the picture itself says what cannot be read
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, reader]);
  return read?.key === key ? read?.value : undefined;
}
