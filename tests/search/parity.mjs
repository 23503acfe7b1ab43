/**
 * Answers questions with the browser's search engine and prints what it finds, one JSON object a
 * line, to be compared with the Rust reader. With --vectors it runs the tokeniser over the shared
 * vectors instead.
 *
 *   node parity.mjs SITE < questions.txt     {"question","total","suggestion","hits":[{"url","score","anchor","snippet"}]}
 *   node parity.mjs SITE --vectors           exit status 1 if a vector fails; SITE is any built site
 *
 * SITE is a folder with ricerca/manifest.js.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const here = dirname(fileURLToPath(import.meta.url));
const site = process.argv[2];
if (!site) {
  console.error('usage: node parity.mjs SITE [--vectors] < questions.txt');
  process.exit(2);
}

const context = vm.createContext({});
const run = (path) => vm.runInContext(readFileSync(path, 'utf8'), context, { filename: path });
run(join(here, '../../themes/casa/static/ricerca.js'));
const { registered, Index, words } = context.vastaRicerca;

const index = await Index.open(async (name) => {
  if (!registered.has(name)) run(join(site, 'ricerca', `${name}.js`));
  return registered.get(name);
});

if (process.argv[3] === '--vectors') {
  const vectors = JSON.parse(readFileSync(join(here, 'vectors.json'), 'utf8'));
  let failed = 0;
  for (const vector of vectors) {
    const found = words(vector.text, index.language).map(({ term, parts }) => [term, ...parts].join(' '));
    if (JSON.stringify(found) === JSON.stringify(vector.words)) continue;
    console.log(`${JSON.stringify(vector.text)}: ${JSON.stringify(found)} instead of ${JSON.stringify(vector.words)}`);
    failed++;
  }
  console.log(`${vectors.length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

for (const question of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const { pages, matcher, suggestion } = await index.ask(question);
  const hits = await index.hits(pages.slice(0, 10), matcher);
  const shown = hits.map(({ url, score, anchor, snippet }) => (
    { url, score, anchor, snippet: snippet.map(({ text, marked }) => marked ? `[${text}]` : text).join('') }
  ));
  console.log(JSON.stringify({ question, total: pages.length, suggestion, hits: shown }));
}
