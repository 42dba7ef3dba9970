import { isAbsolute, sep } from 'node:path';

/** Whether a path that is relative to a folder leads to that folder itself or out of it. */
export function leadsOut(path: string): boolean {
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}
