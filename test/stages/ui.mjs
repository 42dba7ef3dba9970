// The panel in Chromium, as a user has it.
import { runMochaIn } from './counts.mjs';

export const run = () => runMochaIn(process.execPath, ['dist/test/ui']);
