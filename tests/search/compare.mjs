/**
 * Asks vasta and Pagefind the same questions in headless Chromium and prints what came out, a fact a
 * line with tabs between words. `cargo xtask search-eval` prepares the folder and reads the lines.
 *
 *   VASTA_SITE=FOLDER node compare.mjs QUESTIONS     a question a line: expected address, tab, words
 *
 * FOLDER holds the built site in site/, the index of Pagefind in pagefind/, and blank.html, an empty
 * page from which both are asked.
 *
 *   ENGINE  first   BYTES MILLISECONDS         one question in a browser that knows nothing, engine and all
 *   ENGINE  answer  RANK BYTES MILLISECONDS    each question after those before it; time when asked again
 *   ENGINE  loaded  MILLISECONDS               its files loaded but not read (vasta only)
 *   ENGINE  index   BYTES COMPRESSED           all files of the index
 *
 * A rank is among the first ten, 0 for none. Bytes are those of the files that were fetched, each as it
 * is or with gzip, whichever is less. Times are until ten results are there with title and excerpt; what
 * drawing them costs is not in it.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { files, launch, read, serve } from '../browser/site.mjs';

const RESULTS = 10;
/** So many of the questions are also asked as the first one. */
const FIRST_QUESTIONS = 10;

const questions = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => {
  const [expected, text] = line.split('\t');
  return { expected, text };
});

/** What runs in the page: `open` loads an engine, which then has `ask` and perhaps `askLoaded`. */
const engines = {
  vasta: { index: /^site\/ricerca\/.*\.js$/, open: openVasta },
  pagefind: { index: /^pagefind\/(pagefind-entry\.json|[^/]*\.pf_meta|(index|fragment|filter)\/.*)$/, open: openPagefind },
};

/**
 * Only the engine is wanted, not what the script does with a page, so the document is hidden from it. Its
 * files are loaded as it loads them in a page, by script elements.
 */
async function openVasta(results) {
  const engine = await (await fetch('/site/tema/ricerca.js')).text();
  const script = document.createElement('script');
  script.textContent = `((document) => {${engine}\n})()`;
  document.head.append(script);
  const { registered, Index } = globalThis.vastaRicerca;
  const loads = new Map();
  const load = (name) => {
    if (!loads.has(name)) loads.set(name, new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `/site/ricerca/${name}.js`;
      script.onload = () => resolve(registered.get(name));
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    }));
    return loads.get(name);
  };
  const answer = async (index, question) => {
    const { pages, matcher } = await index.ask(question);
    const hits = await index.hits(pages.slice(0, results), matcher);
    return hits.map(({ url }) => url);
  };
  const index = await Index.open(load);
  globalThis.ask = (question) => answer(index, question);
  globalThis.askLoaded = async (question) => answer(await Index.open(async (name) => registered.get(name)), question);
}

async function openPagefind(results) {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  globalThis.ask = async (question) => {
    const found = await pagefind.search(question);
    const shown = await Promise.all(found.results.slice(0, results).map((result) => result.data()));
    return shown.map(({ url }) => url.replace(/^\//, ''));
  };
}

/** The answer, and the milliseconds it took. */
async function timed({ name, question }) {
  const start = performance.now();
  const urls = await globalThis[name](question);
  return { urls, milliseconds: performance.now() - start };
}

const sizes = new Map();

/** The length of a file on its way to a reader. */
function size(file) {
  if (!sizes.has(file)) sizes.set(file, Math.min(read(file).length, gzipSync(read(file)).length));
  return sizes.get(file);
}

let fetched = 0;
const { url, close } = await serve({
  served: (file) => {
    if (file && file !== 'blank.html') fetched += size(file);
  },
});
const browser = await launch();

/** A page in a browser that knows nothing. */
async function newPage() {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto(`${url}blank.html`);
  return page;
}

/** Bytes that are fetched while something happens. */
async function counting(happening) {
  fetched = 0;
  const result = await happening();
  return { ...result, bytes: fetched };
}

const print = (...words) => console.log(words.join('\t'));

for (const [name, { index, open }] of Object.entries(engines)) {
  console.error(`${name}: ${questions.length} questions`);
  const step = Math.max(1, Math.floor(questions.length / FIRST_QUESTIONS));
  for (const { text } of questions.filter((_, at) => at % step === 0).slice(0, FIRST_QUESTIONS)) {
    const page = await newPage();
    const { bytes, milliseconds } = await counting(async () => {
      const start = await page.evaluate(() => performance.now());
      await page.evaluate(open, RESULTS);
      await page.evaluate((text) => globalThis.ask(text), text);
      return { milliseconds: await page.evaluate(() => performance.now()) - start };
    });
    print(name, 'first', bytes, milliseconds.toFixed(3));
    await page.context().close();
  }

  const page = await newPage();
  await page.evaluate(open, RESULTS);
  for (const { expected, text } of questions) {
    const ask = (name) => page.evaluate(timed, { name, question: text });
    const { urls, bytes } = await counting(() => ask('ask'));
    const { milliseconds } = await ask('ask');
    print(name, 'answer', urls.indexOf(expected) + 1, bytes, milliseconds.toFixed(3));
    if (name === 'vasta') print(name, 'loaded', (await ask('askLoaded')).milliseconds.toFixed(3));
  }
  await page.context().close();

  const parts = files.filter((file) => index.test(file));
  const sum = (length) => parts.reduce((bytes, file) => bytes + length(file), 0);
  print(name, 'index', sum((file) => read(file).length), sum(size));
}

await browser.close();
close();
