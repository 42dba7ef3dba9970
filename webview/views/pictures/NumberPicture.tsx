import type { VNode } from 'preact';
import { exact } from '../../draw/format';
import { Failure, useTiles } from './PictureCanvas';
import { idOf, type PictureProps } from './picture';

export type NumberPictureProps = Pick<PictureProps, 'array' | 'reader' | 'selected' | 'onPoint' | 'onPin'>;

/** An array without axes: its one number. Choosing it explains it. */
export function NumberPicture({ array, reader, selected, onPoint, onPin }: NumberPictureProps): VNode {
  const { tiles } = useTiles(reader);
  const [tile] = tiles.want([{ array: idOf(array), region: [] }]);
  return (
    <div
      class="picture number-picture"
      data-role={array.role}
      data-array={array.name}
      data-state={tile ? 'painted' : tiles.failure() ? 'failed' : 'waiting'}
    >
      {tiles.failure() ? (
        <Failure name={array.name} tiles={tiles} />
      ) : (
        <button
          type="button"
          class="number-picture-value"
          aria-pressed={selected !== undefined}
          onPointerEnter={() => onPoint([])}
          onFocus={() => onPoint([])}
          onClick={() => onPin([])}
        >
          {tile ? exact(tile.digits?.[0] ?? tile.values[0], array.dtype) : '…'}
        </button>
      )}
    </div>
  );
}
