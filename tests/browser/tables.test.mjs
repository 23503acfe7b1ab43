// Tables of data: complete as they are published; with scripts their columns sort and their rows are filtered, by keyboard too.
// Their files say the same.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { expectNone, fileUrl, files, launch, pages, text, troubles } from "./site.mjs";

const path = "dati/province/index.html";
const rows = "table[data-tabella] tbody tr:not([hidden])";

const browser = await launch();
after(() => browser.close());

/** Opens the page of a collection from the disk and closes it when the test is over. */
async function open(use, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const found = troubles(page);
  await page.goto(fileUrl(path));
  await use(page);
  expectNone(found);
  await context.close();
}

const column = (page, number) =>
  page.locator(`${rows} > :nth-child(${number})`).evaluateAll((cells) => cells.map((cell) => cell.textContent));

test("without scripts all rows are there", () =>
  open(
    async (page) => {
      assert.equal(await page.locator(rows).count(), 76);
      assert.equal(await page.locator("th button, .table-filter").count(), 0);
    },
    { javaScriptEnabled: false },
  ));

test("a column sorts up and down, by keyboard", () =>
  open(async (page) => {
    const head = page.getByRole("columnheader", { name: "Codice ISTAT" });
    const number = 1 + (await head.evaluate((cell) => cell.cellIndex));
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual((await column(page, number)).slice(0, 3), ["002", "003", "004"]);
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.deepEqual((await column(page, number)).slice(0, 2), ["110", "109"]);
  }));

test("the field filters the rows by any word, without accents, and says how many are left", () =>
  open(async (page) => {
    const field = page.getByLabel("Filtra le righe");
    await field.fill("forli emilia");
    assert.deepEqual(await column(page, 2), ["FC"]);
    assert.equal(await page.locator(".table-filter output").textContent(), "1 righe mostrate su 76");
    await field.fill("");
    assert.equal(await page.locator(rows).count(), 76);
  }));

describe("every collection", () => {
  const collections = files.filter((file) => file.endsWith(".csv"));
  for (const csv of collections) {
    test(csv, () => {
      const json = JSON.parse(text(csv.replace(/csv$/, "json")));
      const lines = text(csv).split("\r\n");
      // A cell may hold a line break, so lines are at least as many as rows.
      assert.ok(json.length > 0 && lines.length >= json.length + 2);
      const header = lines[0].split(",");
      assert.equal(new Set(header).size, header.length);
      assert.ok(header.every((name) => /^[a-z_]+$/.test(name)));
      for (const { indirizzo_pagina: page } of json) assert.ok(pages.includes(`${page}index.html`), page);
      const folder = csv.split("/").slice(0, -1).join("/");
      const page = text(`${folder}/index.html`);
      assert.equal((page.match(/<tr>/g) ?? []).length >= json.length, true);
      assert.ok(text("dizionario-dei-dati/index.html").includes(`${folder}/index.html`));
    });
  }

  test("is in the catalogue", () => {
    const catalogue = JSON.parse(text("catalogo.jsonld"));
    const listed = catalogue["dcat:dataset"].flatMap((dataset) =>
      dataset["dcat:distribution"].map((file) => file["dcat:downloadURL"]["@id"]),
    );
    assert.deepEqual(
      listed.filter((file) => file.endsWith(".csv")).sort(),
      collections.toSorted(),
    );
    for (const dataset of catalogue["dcat:dataset"]) {
      for (const key of ["dct:title", "dct:description", "dct:publisher", "dct:modified", "dcat:theme"])
        assert.ok(dataset[key], `${dataset["dct:title"]}: ${key}`);
    }
  });
});
