// What a first visit costs, in kilobytes as a server sends them: compressed with gzip. The design sets the limits.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { expectNone, launch, samples, serve } from "./site.mjs";

// Of the scripts, the search is 10.1, that of tables, where there are any, 1.0, and the other two are 1.1.
const limits = { document: 20, stylesheet: 12, script: 12.5, font: 50, all: 100 };
const requests = 8;

const { url, close } = await serve();
const browser = await launch();
after(async () => {
  await browser.close();
  close();
});

describe("a first visit is light", { concurrency: 4 }, () => {
  for (const path of samples) {
    test(path, async () => {
      const parts = await visit(path);
      const heavy = Object.keys(limits).filter((kind) => sum(parts, kind) > limits[kind]);
      expectNone(heavy.map((kind) => `${kind}: ${sum(parts, kind).toFixed(1)} KB of ${limits[kind]}`));
      assert.ok(parts.length <= requests, `${parts.length} requests`);
    });
  }
});

test("so is a first search", async () => {
  const parts = await visit("ricerca/index.html?q=convenzione");
  const size = sum(parts, "all");
  assert.ok(size <= limits.all, `${size.toFixed(1)} KB of ${limits.all}`);
});

/** What the browser loads for a page, with nothing kept from before: the kind and the size of each file. */
async function visit(path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const responses = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(url + path, { waitUntil: "networkidle" });
  const parts = responses.map(async (response) => ({
    kind: response.request().resourceType(),
    size: gzipSync(await response.body()).length / 1024,
  }));
  const loaded = await Promise.all(parts);
  await context.close();
  return loaded;
}

const sum = (parts, kind) =>
  parts.filter((part) => kind === "all" || part.kind === kind).reduce((total, { size }) => total + size, 0);
