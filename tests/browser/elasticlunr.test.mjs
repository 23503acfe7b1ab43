// The index that `search.elasticlunr` adds to a site, loaded by elasticlunr.js as docs/elasticlunr.mjs says: it holds the
// whole site, and where the answer does not hang on what only our ranking knows, the first page is that of `vasta search`.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import elasticlunr from "elasticlunr";
import { open } from "../../docs/elasticlunr.mjs";
import { open as openEngine } from "../search/engine.mjs";
import { vasta } from "./site.mjs";

const root = join(import.meta.dirname, "../..");
const site = mkdtempSync(join(tmpdir(), "vasta-elasticlunr-"));
after(() => rmSync(site, { recursive: true }));
for (const source of ["content", "themes"]) cpSync(join(root, source), join(site, source), { recursive: true });
const config = readFileSync(join(root, "vasta.yaml"), "utf8");
writeFileSync(join(site, "vasta.yaml"), config.replace(/^search:$/m, "search:\n  elasticlunr: true"));
vasta("build", "--site", site);

const built = join(site, "public");
const data = JSON.parse(readFileSync(join(built, "ricerca/elasticlunr.json")));
const { index, words } = await openEngine(built);
const search = open(elasticlunr, words, data);

test("every page is in it, under a whole number", () => {
  const references = Object.keys(data.documentStore.docs);
  assert.equal(references.length, index.manifest.pages);
  assert.deepEqual(
    references.filter((reference) => !/^\d+$/.test(reference)),
    [],
  );
});

describe("the first page is that of `vasta search`", () => {
  for (const { query, shows } of JSON.parse(readFileSync(new URL("elasticlunr.json", import.meta.url)))) {
    test(`${query}: ${shows}`, () => {
      const [first] = JSON.parse(vasta("search", query, "--json", "--limit", "1", "--out", built));
      const { url, title } = search(query)[0];
      assert.deepEqual({ url, title }, { url: first.url, title: first.title });
    });
  }
});
