import type { TraceArray } from '../../../engine';
import type { ArrayInfo } from '../../../webview/protocol';

/** The arrays of a trace as a panel knows them before it reads any. */
export function arrayInfos(arrays: ReadonlyMap<string, TraceArray>): ArrayInfo[] {
  return [...arrays].map(([name, { source, role, arrangements, scaleOf }]) => ({
    name,
    dtype: source.dtype,
    shape: source.shape,
    role,
    arrangements,
    scaleOf,
  }));
}
