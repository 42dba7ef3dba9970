// The .vsix, installed.
import { runMochaIn } from './counts.mjs';

export const run = () => runMochaIn(process.execPath, ['test/package']);
