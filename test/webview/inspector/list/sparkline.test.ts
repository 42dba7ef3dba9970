import assert from 'node:assert/strict';
import { sparklinePath } from '../../../../webview/inspector/list/sparkline';

describe('sparkline', () => {
  it('is as high as the counts are, from the bottom', () => {
    assert.equal(sparklinePath([1, 2, 0, 4], 0.1), 'M0 1V0.75H0.25V0.5H0.5V1H0.75V0H1V1Z');
  });

  it('shows every bin that holds anything', () => {
    assert.equal(sparklinePath([1, 1_000_000], 0.1), 'M0 1V0.9H0.5V0H1V1Z');
  });

  it('adds up bins that are too narrow to be seen', () => {
    const path = sparklinePath(new Array<number>(64).fill(1), 0.1);
    assert.equal(path.match(/H/g)?.length, 32);
  });

  it('is a line for a single value, and nothing for none', () => {
    assert.equal(sparklinePath([7], 0.1), 'M0.47 1V0H0.53V1Z');
    assert.equal(sparklinePath([], 0.1), '');
  });
});
