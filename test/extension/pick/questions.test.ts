import assert from 'node:assert/strict';
import { askAll, BACK, type Answer, type Place, type Question } from '../../../extension/pick/questions';

type Draft = Readonly<Record<string, string>>;

describe('askAll', () => {
  /** A question that gives the scripted answers one after the other and keeps what it was shown. */
  function scripted(name: string, script: (string | typeof BACK | undefined)[], applies = true) {
    const shown: { draft: Draft; place: Place }[] = [];
    const question: Question<Draft> = {
      applies: () => applies,
      ask(draft, place): Promise<Answer<Draft>> {
        shown.push({ draft, place });
        const answer = script.shift();
        return Promise.resolve(typeof answer === 'string' ? { ...draft, [name]: answer } : answer);
      },
    };
    return { question, shown };
  }

  it('asks in order and skips what can be inferred', async () => {
    const a = scripted('a', ['1']);
    const inferred = scripted('b', [], false);
    const c = scripted('c', ['3']);
    const draft = await askAll([a.question, inferred.question, c.question], {});
    assert.deepEqual(draft, { a: '1', c: '3' });
    assert.equal(inferred.shown.length, 0);
    assert.deepEqual(c.shown[0].place, { step: 2, totalSteps: 2 });
  });

  it('goes back to the last question that was asked, with all answers still there', async () => {
    const a = scripted('a', ['1', '2']);
    const inferred = scripted('b', [], false);
    const c = scripted('c', [BACK, '3']);
    const draft = await askAll([a.question, inferred.question, c.question], { c: 'earlier' });
    assert.deepEqual(draft, { a: '2', c: '3' });
    assert.deepEqual(a.shown[1].draft, { a: '1', c: 'earlier' });
    assert.deepEqual(a.shown[1].place, { step: 1, totalSteps: 2 });
  });

  it('ends without a draft where the user gives up', async () => {
    const a = scripted('a', ['1']);
    const b = scripted('b', [undefined]);
    assert.equal(await askAll([a.question, b.question], {}), undefined);
  });
});
