import type { VNode } from 'preact';
import type { CellReference } from '../../model/cell';
import type { RunModel } from '../../model/runModel';
import { cellName } from './arithmetic';

/** What links to cells need: where to look arrays up, and what to do with a cell that was chosen. */
export interface CellLinks {
  readonly model: RunModel;
  onSelect: (cell: CellReference) => void;
}

/** The name or the value of a cell; clicking selects it. */
export function CellLink({
  cell,
  text = cellName(cell),
  className = '',
  model,
  onSelect,
}: CellLinks & { cell: CellReference; text?: string; className?: string }): VNode {
  const { role } = model.array(cell.array);
  const name = cellName(cell);
  return (
    <button
      type="button"
      class={`cell-link ink${className}`}
      data-role={role}
      title={name}
      aria-label={text === name ? undefined : `${name} = ${text}`}
      onClick={() => onSelect({ array: cell.array, index: cell.index })}
    >
      {text}
    </button>
  );
}
