import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../../host/paths.mjs';
import { hostNode } from './peers.mjs';

/** What a script of this folder prints, on the host's Node. @param {string} name @param {string[]} args */
export function print(name, ...args) {
  const file = join(repository, 'test/bench/engine', `${name}.mjs`);
  return JSON.parse(execFileSync(hostNode(), [file, ...args], { encoding: 'utf8' }));
}
