import type { Links } from '../../../engine';
import type { CellReference } from '../../model/cell';
import type { TraceSummary } from '../../protocol';

/** The first cell that the next step makes of the selected cell of `array`. */
export function flowsTo(
  run: TraceSummary,
  links: Links | undefined,
  array: string,
): CellReference | undefined {
  const step = run.steps.find(({ inputs }) => inputs.includes(array));
  const name = step?.outputs.find(output => links?.includes(output));
  const index = name === undefined ? undefined : links?.first(name);
  return name === undefined || !index ? undefined : { array: name, index };
}
