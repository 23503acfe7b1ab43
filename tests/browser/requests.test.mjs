// A reader is nobody's business: over the web no page asks anything of another host, sets a cookie, breaks its own
// content policy or reports an error, and what is kept in the browser is only what the reader chose.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { expectNone, launch, pages, serve, text, troubles } from "./site.mjs";

const { url, close } = await serve();
const browser = await launch();
const context = await browser.newContext();
context.setDefaultTimeout(5000);
after(async () => {
  await browser.close();
  close();
});

describe("a page asks only its own site, and nothing goes wrong", { concurrency: 4 }, () => {
  for (const path of pages) {
    test(path, async () => {
      const page = await context.newPage();
      const found = troubles(page);
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
          found.push(`asks ${request.url()}`);
      });
      await page.goto(url + path);
      // Scripts that wait for the page to be loaded have their turn before it is idle.
      await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
      await page.close();
      expectNone(found);
    });
  }
});

test("nothing is kept but what the reader chose", async () => {
  const page = await context.newPage();
  await page.goto(`${url}index.html`);
  assert.deepEqual(await kept(page), { local: [], session: [], databases: [] });
  await page.locator("header .tema select").selectOption("scuro");
  assert.deepEqual(await kept(page), { local: ["tema"], session: [], databases: [] });
  await page.goto(`${url}ricerca/index.html?q=convenzione`);
  await page.locator("main ol h2 a").first().waitFor();
  const { local, session, databases } = await kept(page);
  expectNone(local.filter((key) => !["scorciatoie", "tema"].includes(key)));
  assert.deepEqual([session, databases, await context.cookies()], [[], [], []]);
  await page.close();
});

const kept = (page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((database) => database.name),
  }));

test("every page forbids what it does not need", () => {
  const policy =
    /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self';/;
  expectNone(pages.filter((path) => !policy.test(text(path))));
});
