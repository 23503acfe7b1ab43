// What a reader gets who opens a page over the web with nothing kept from before: how heavy it is, as a real server sends
// it, and that it is nobody else's business. No page asks anything of another host, sets a cookie, breaks its own content
// policy or reports an error, and what is kept in the browser is only what the reader chose.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { expectNone, kinds, launch, pages, serve, tabs, text, troubles } from "./site.mjs";

// Kilobytes on the way, and requests. The design sets the limits; the search is no part of a first view, it comes when
// its field gets the focus.
const limits = { document: 20, stylesheet: 12, script: 10, font: 50, all: 100 };
const requests = 8;

const { url, close } = await serve();
const browser = await launch();
// All pages share what a browser keeps of a reader, so what any of them kept is there at the end.
const context = await browser.newContext();
context.setDefaultTimeout(5000);
await context.addInitScript(() =>
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`against the content policy: ${violatedDirective} ${blockedURI}`),
  ),
);
const withTab = tabs(context, async (page) => {
  const session = await context.newCDPSession(page);
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
});
after(async () => {
  await browser.close();
  close();
});

describe("a page is light, asks only its own site, and nothing goes wrong", { concurrency: 4 }, () => {
  for (const path of pages) {
    test(path, () =>
      withTab(async (page) => {
        const { parts, found } = await visit(page, path);
        expectNone([...found, ...tooMuch(parts)]);
      }),
    );
  }
});

test("there is a page of each kind", () => {
  expectNone(Object.keys(kinds).filter((kind) => !pages.includes(kinds[kind])));
});

test("so is a first search", () =>
  withTab(async (page) => {
    const { parts, found } = await visit(page, "ricerca/index.html?q=convenzione", () =>
      page.locator("main ol h2 a").first().waitFor(),
    );
    const size = sum(parts, "all");
    expectNone([...found, ...(size > limits.all ? [`${size.toFixed(1)} KB of ${limits.all}`] : [])]);
  }));

test("nothing is kept of who has read all pages", async () => {
  const page = await context.newPage();
  await page.goto(`${url}index.html`);
  assert.deepEqual(await kept(page), { local: [], session: [], databases: [] });
  assert.deepEqual(await context.cookies(), []);
  await page.close();
});

test("nothing is kept but what the reader chose", async () => {
  const page = await context.newPage();
  await page.goto(`${url}index.html`);
  await page.locator("header select").first().selectOption("scuro");
  assert.deepEqual(await kept(page), { local: ["tema"], session: [], databases: [] });
  await page.goto(`${url}ricerca/index.html?q=convenzione`);
  await page.locator("main ol h2 a").first().waitFor();
  const { local, session, databases } = await kept(page);
  expectNone(local.filter((key) => !["scorciatoie", "tema"].includes(key)));
  assert.deepEqual([session, databases, await context.cookies()], [[], [], []]);
  await page.close();
});

test("every page forbids what it does not need", () => {
  const policy =
    /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self';/;
  expectNone(pages.filter((path) => !policy.test(text(path))));
});

test("a breach of the content policy would be noticed", async () => {
  const page = await context.newPage();
  const found = troubles(page);
  await page.goto(`${url}index.html`);
  await page.evaluate(() => document.body.setAttribute("style", "color: red"));
  await page.close();
  assert.match(found.join("\n"), /against the content policy: style-src/);
});

/** Opens a page as for the first time: what the browser loads, with kind and size of each file, and what goes wrong. */
async function visit(page, path, until = () => {}) {
  const found = troubles(page);
  const finished = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
      found.push(`asks ${request.url()}`);
  });
  page.on("requestfinished", (request) => request.url().startsWith(url) && finished.push(request));
  await page.goto(url + path);
  await until();
  // Scripts that wait for the page to be loaded have their turn before it is idle.
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  const parts = await Promise.all(
    finished.map(async (request) => ({
      kind: request.resourceType(),
      size: (await request.sizes()).responseBodySize / 1024,
    })),
  );
  return { parts, found };
}

/** What of a first view is over its limit. */
function tooMuch(parts) {
  const heavy = Object.keys(limits).filter((kind) => sum(parts, kind) > limits[kind]);
  return [
    ...heavy.map((kind) => `${kind}: ${sum(parts, kind).toFixed(1)} KB of ${limits[kind]}`),
    ...(parts.length > requests ? [`${parts.length} requests of ${requests}`] : []),
  ];
}

const sum = (parts, kind) =>
  parts.filter((part) => kind === "all" || part.kind === kind).reduce((total, { size }) => total + size, 0);

const kept = (page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((database) => database.name),
  }));
