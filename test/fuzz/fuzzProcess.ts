// A process that fuzzes the one format it is told, and tells its parent what is found.
import { fuzzFormat, type Fuzzing } from './fuzzFormat';
import type { Found, Progress } from './slot';

const tell = (message: Found | Progress): boolean | undefined => process.send?.(message);

process.once('message', (job: Fuzzing) => {
  void fuzzFormat(job, tell).then(progress => {
    tell(progress);
    process.disconnect();
  });
});
