import assert from 'node:assert/strict';
import { debugClients, type DapClient } from './support';

/** Where the commands lead, one after the other. */
async function walk(client: DapClient, commands: readonly string[]): Promise<string[]> {
  const went: string[] = [];
  for (const command of commands) went.push(`${command} → ${await client.go(command)}`);
  return went;
}

describe('stepping through a network', () => {
  const debug = debugClients();

  it('goes over the layers to the end, and back to the start', async () => {
    const client = await debug.onInput();
    assert.equal(await client.where(), 'input:3');
    assert.deepEqual(await walk(client, [...Array<string>(8).fill('next'), 'stepBack', 'reverseContinue']), [
      'next → conv1:6 step',
      'next → relu1:7 step',
      'next → maxpool1:8 step',
      'next → affine1:9 step',
      'next → relu2:10 step',
      'next → affine2:11 step',
      'next → softmaxWithLoss1:12 step',
      'next → softmaxWithLoss1:12 At the end',
      'stepBack → affine2:11 step',
      'reverseContinue → input:3 At the start',
    ]);
  });
});
