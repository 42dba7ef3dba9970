import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensionPath } from './support';

const LANGUAGES = ['ja', 'ko'];

describe('translations', () => {
  const used = usedTexts();
  const read = (path: string) =>
    JSON.parse(readFileSync(join(extensionPath, path), 'utf8')) as Record<string, string>;

  for (const language of LANGUAGES) {
    it(`${language}: every text of the extension and its panel, and no other`, () => {
      const bundle = read(`extension/l10n/bundle.l10n.${language}.json`);
      assert.deepEqual(
        used.filter(text => !(text in bundle)),
        [],
        'not translated',
      );
      assert.deepEqual(
        Object.keys(bundle).filter(text => !used.includes(text)),
        [],
        'not used any more',
      );
      for (const [text, translation] of Object.entries(bundle)) {
        assert.deepEqual(placeholders(translation), placeholders(text), translation);
      }
    });

    it(`${language}: every text of package.json`, () => {
      const keys = Object.keys(read('package.nls.json'));
      assert.deepEqual(Object.keys(read(`package.nls.${language}.json`)), keys);
      const manifest = readFileSync(join(extensionPath, 'package.json'), 'utf8');
      const references = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
      assert.deepEqual([...new Set(references)].sort(), [...keys].sort());
    });
  }
});

/** The first argument of every call of `t` in the sources. */
function usedTexts(): string[] {
  const texts = ['extension', 'webview'].flatMap(folder =>
    readdirSync(join(extensionPath, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .flatMap(name => {
        const source = readFileSync(join(extensionPath, folder, name), 'utf8');
        return [...source.matchAll(/\bt\(\s*(?:'((?:\\.|[^'\\])*)'|"([^"]*)")/g)].map(([, single, double]) =>
          single ? single.replaceAll("\\'", "'") : double,
        );
      }),
  );
  return [...new Set(texts)];
}

function placeholders(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort();
}
