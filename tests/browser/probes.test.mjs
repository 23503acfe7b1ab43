// The 23 probes of tests/search/probes: questions that Italian makes hard, asked of three tiny pages that are opened
// from the disk. `tests/it/probes.rs` asks them of the same pages with `vasta search`.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { expectNone, launch, troubles, vasta } from "./site.mjs";

const probes = new URL("../search/probes/", import.meta.url);
const site = mkdtempSync(join(tmpdir(), "vasta-probes-"));
cpSync(probes, site, { recursive: true });
vasta("build", "--site", site);
const searchPage = pathToFileURL(join(site, "public/ricerca/index.html")).href;

const browser = await launch();
const context = await browser.newContext();
context.setDefaultTimeout(5000);
after(async () => {
  await browser.close();
  rmSync(site, { recursive: true });
});

describe("the search finds all that it must, and nothing else", () => {
  for (const { query, pages } of JSON.parse(readFileSync(new URL("probes.json", probes)))) {
    test(query, async () => {
      const page = await context.newPage();
      const found = troubles(page);
      await page.goto(`${searchPage}?${new URLSearchParams({ q: query })}`);
      const links = page.locator("#ricerca-risultati h2 a");
      await links.first().waitFor();
      const addresses = await links.evaluateAll((all) => all.map((link) => link.href));
      await page.close();
      assert.deepEqual(addresses.map((address) => /([^/]*)\/index\.html/.exec(address)[1]).sort(), pages);
      expectNone(found);
    });
  }
});
