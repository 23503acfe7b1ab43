/**
 * Answers questions with the browser's search engine and prints what it finds, one JSON object a
 * line, to be compared with the Rust reader. With --vectors it runs the tokeniser over the shared
 * vectors instead.
 *
 *   node parity.mjs SITE < questions.txt     {"question","total","suggestion","hits":[{"url","score","section","anchor","snippet"}]}
 *   node parity.mjs SITE --vectors           exit status 1 if a vector fails; SITE is any built site
 *
 * SITE is a folder with ricerca/manifest.js. A line with a question may also be a JSON object, to narrow
 * the search as `vasta search --facet` does: {"query":"gare","facets":{"tipo":"Norma"}}.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { here, open } from './engine.mjs';

const site = process.argv[2];
if (!site) {
  console.error('usage: node parity.mjs SITE [--vectors] < questions.txt');
  process.exit(2);
}

const { index, words } = await open(site);

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

/** The numbers of the pages that have a value of a facet. */
async function pagesWith(name, value) {
  const facet = index.manifest.facets.findIndex(([known]) => known === name);
  const place = index.manifest.facets[facet]?.[2].findIndex(([known]) => known === value);
  return (await index.facet(facet))[place];
}

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const { query: question, facets = {} } = line.startsWith('{') ? JSON.parse(line) : { query: line };
  let { pages, matcher, suggestion } = await index.ask(question);
  for (const [name, value] of Object.entries(facets)) {
    const having = await pagesWith(name, value);
    pages = pages.filter(({ page }) => having.has(page));
  }
  const hits = await index.hits(pages.slice(0, 10), matcher);
  const shown = hits.map(({ url, score, section, anchor, snippet }) => (
    { url, score, section, anchor, snippet: snippet.map(({ text, marked }) => marked ? `[${text}]` : text).join('') }
  ));
  console.log(JSON.stringify({ question, total: pages.length, suggestion, hits: shown }));
}
