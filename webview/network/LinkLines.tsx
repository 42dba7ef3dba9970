import type { VNode } from 'preact';
import type { LinkPart } from './links';

/** Pixels from one lane to the next, and height of a row of the list. */
const LANE = 7;
const ROW = 22;
const MIDDLE = ROW / 2;

/** What one row shows of the lines that join layers which are not neighbours. */
export function LinkLines({ parts, count }: { parts: readonly LinkPart[]; count: number }): VNode | null {
  if (count === 0) return null;
  const width = count * LANE + 5;
  const x = (lane: number): number => width - 5 - lane * LANE - LANE / 2;
  const path = ({ lane, part }: LinkPart): string => {
    const at = x(lane);
    if (part === 'middle') return `M${at} 0V${ROW}`;
    const end = part === 'start' ? ROW : 0;
    return `M${width} ${MIDDLE}H${at + 3}Q${at} ${MIDDLE} ${at} ${part === 'start' ? MIDDLE + 3 : MIDDLE - 3}V${end}`;
  };
  return (
    <svg class="lanes" width={width} height={ROW} viewBox={`0 0 ${width} ${ROW}`} aria-hidden="true">
      {parts.map(part => (
        <path key={`${part.lane} ${part.part}`} d={path(part)} />
      ))}
      {parts.some(({ part }) => part === 'end') && <path d={`M${width - 4} ${MIDDLE - 3}l4 3-4 3`} />}
    </svg>
  );
}
