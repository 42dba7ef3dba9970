import { Session, type Profiler } from 'node:inspector';

/** Which blocks of our own code have been run. */
export interface Coverage {
  /** Notes the blocks that were run since the last call. @returns how many of them had not been run before */
  fresh(): number;
  readonly size: number;
}

/** @param file part of the URL of the scripts that are looked at */
export function watchCoverage(file: RegExp): Coverage {
  const session = new Session();
  session.connect();
  const seen = new Set<string>();
  const post = (method: string, params?: object): unknown => {
    let answer: unknown;
    session.post(method, params, (error, result) => {
      if (error) throw error;
      answer = result; // sessions of the own thread answer before post returns
    });
    return answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    fresh() {
      const { result } = post('Profiler.takePreciseCoverage') as Profiler.TakePreciseCoverageReturnType;
      const before = seen.size;
      for (const script of result.filter(({ url }) => file.test(url))) {
        for (const { ranges } of script.functions) {
          for (const { startOffset, endOffset, count } of ranges) {
            if (count > 0) seen.add(`${script.scriptId} ${startOffset} ${endOffset}`);
          }
        }
      }
      return seen.size - before;
    },
    get size() {
      return seen.size;
    },
  };
}
