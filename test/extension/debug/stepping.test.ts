import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { debugClients, type DapClient } from './support';

/** Where the commands lead, one after the other. */
async function walk(client: DapClient, commands: readonly string[]): Promise<string[]> {
  const went: string[] = [];
  for (const command of commands) went.push(`${command} → ${await client.go(command)}`);
  return went;
}

function times(count: number, command: string): string[] {
  return Array.from({ length: count }, () => command);
}

describe('stepping through a network', () => {
  const debug = debugClients();

  it('goes over the layers to the end, and back to the start', async () => {
    const client = await debug.onInput();
    assert.equal(await client.where(), 'input:3');
    assert.deepEqual(await walk(client, [...times(8, 'next'), 'stepBack', 'reverseContinue']), [
      'next → conv1:6 step',
      'next → relu1:7 step',
      'next → pool1:8 step',
      'next → affine1:9 step',
      'next → relu2:10 step',
      'next → affine2:11 step',
      'next → loss:12 step',
      'next → loss:12 At the end',
      'stepBack → affine2:11 step',
      'reverseContinue → input:3 At the start',
    ]);
  });

  it('goes into a layer, an operation and a cell, back and out at each level', async () => {
    const client = await debug.onInput();
    const commands = [
      'next',
      'stepIn',
      'next',
      'next',
      'stepIn',
      'next',
      'stepBack',
      'stepOut',
      'stepBack',
      'stepOut',
      'next',
    ];
    assert.deepEqual(await walk(client, commands), [
      'next → conv1:6 step',
      'stepIn → conv1:6/im2col step',
      'next → conv1:6/filters step',
      'next → conv1:6/matmul step',
      'stepIn → conv1:6/matmul/dot[288, 15], term 1 step',
      'next → conv1:6/matmul/dot[288, 15], term 2 step',
      'stepBack → conv1:6/matmul/dot[288, 15], term 1 step',
      'stepOut → conv1:6/matmul step',
      'stepBack → conv1:6/filters step',
      'stepOut → conv1:6 step',
      'next → relu1:7 step',
    ]);
  });

  it('goes on backward from the loss to the first layer, and into its operations', async () => {
    const client = await debug.onInput({ backward: true });
    assert.deepEqual(await walk(client, ['continue', 'stepIn', 'next', 'stepOut', ...times(2, 'stepBack')]), [
      'continue → conv1, on the way back:6 At the end',
      'stepIn → conv1, on the way back:6/dout step',
      'next → conv1, on the way back:6/db step',
      'stepOut → conv1, on the way back:6 step',
      'stepBack → relu1, on the way back:7 step',
      'stepBack → pool1, on the way back:8 step',
    ]);
    assert.deepEqual(await walk(client, [...times(4, 'stepBack'), 'stepBack', 'reverseContinue']), [
      'stepBack → affine1, on the way back:9 step',
      'stepBack → relu2, on the way back:10 step',
      'stepBack → affine2, on the way back:11 step',
      'stepBack → loss, on the way back:12 step',
      'stepBack → loss:12 step',
      'reverseContinue → input:3 At the start',
    ]);
  });

  it('restarts a frame: the operation, the layer, the network', async () => {
    const client = await debug.onInput();
    await walk(client, ['next', 'stepIn', 'next', 'next', 'stepIn', 'next']);
    const restart = (frameId: number) => client.go('restartFrame', { frameId });
    assert.equal(await restart(4), 'conv1:6/matmul/dot[288, 15] goto');
    assert.equal(await restart(3), 'conv1:6/matmul goto');
    assert.equal(await restart(2), 'conv1:6 goto');
    assert.equal(await restart(1), 'input:3 goto');
  });

  it('jumps to a line, forward and on the way back', async () => {
    const client = await debug.onInput({ backward: true });
    const source = { path: debug.networkPath };
    const { targets } = await client.ask<DebugProtocol.GotoTargetsResponse['body']>('gotoTargets', {
      source,
      line: 9,
    });
    assert.deepEqual(
      targets.map(({ label, line }) => `${label}:${line}`),
      ['affine1:9', 'affine1, on the way back:9'],
    );
    const jump = (target: number) => client.go('goto', { threadId: 1, targetId: targets[target].id });
    assert.equal(await jump(1), 'affine1, on the way back:9 goto');
    assert.equal(await jump(0), 'affine1:9 goto');
    const elsewhere = { source: { path: '/elsewhere.json' }, line: 9 };
    assert.deepEqual(await client.ask('gotoTargets', elsewhere), { targets: [] });
    for (const targetId of [99, -4])
      await assert.rejects(client.ask('goto', { threadId: 1, targetId }), /no such place to jump to/);
    assert.equal(await client.where(), 'affine1:9');
  });

  it('shows where a panel that drives the same session has gone, and the panel where it has', async () => {
    const client = await debug.onInput();
    const session = debug.sessions.all().at(-1);
    assert.ok(session);
    const stopped = client.next('stopped');
    await session.do({ kind: 'step', step: 'over' });
    await stopped;
    assert.equal(await client.where(), 'conv1:6');
    const { position } = await new Promise<typeof session.state>(resolve => {
      session.onMoved(resolve);
      void client.ask('next', { threadId: 1 });
    });
    assert.deepEqual(position, { direction: 'forward', layer: 1 });
  });
});
