import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromJsonNumbers, toJsonNumbers } from '../../../webview/protocol';

describe('protocol/jsonNumbers', () => {
  it('takes every message through JSON', () => {
    const leaf = fc.oneof(
      fc.double().map(value => value + 0), // JSON has no −0 either, which says nothing here
      fc.constantFrom(NaN, Infinity, -Infinity, null, true),
      fc.string(),
    );
    const { message } = fc.letrec(tie => ({
      message: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('message'), { maxLength: 4 }),
        fc.record({ kind: fc.string(), value: tie('message') }, { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(message, sent => {
        const received: unknown = JSON.parse(JSON.stringify(toJsonNumbers(sent)));
        assert.deepEqual(fromJsonNumbers(received), sent);
      }),
    );
  });

  it('leaves array buffers as they are', () => {
    const buffer = new ArrayBuffer(8);
    assert.equal((toJsonNumbers({ buffer }) as { buffer: unknown }).buffer, buffer);
    assert.equal((fromJsonNumbers({ buffer }) as { buffer: unknown }).buffer, buffer);
  });
});
