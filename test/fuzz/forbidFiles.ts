import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** From here on nothing in this thread opens a file: whoever tries is told on, and fails. */
export function forbidFiles(tell: (path: string) => void): void {
  const refuse = (path: unknown): never => {
    tell(String(path));
    throw new Error(`opened the file ${String(path)}`);
  };
  Object.assign(fs, {
    open: refuse,
    openSync: refuse,
    readFile: refuse,
    readFileSync: refuse,
    createReadStream: refuse,
    writeFileSync: refuse,
  });
  Object.assign(fs.promises, { open: refuse, readFile: refuse, writeFile: refuse });
  syncBuiltinESMExports();
}
