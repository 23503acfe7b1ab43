// The copy of an edition, as whoever gets it uses it: unpacked and opened by double click, in Chromium and in Firefox, where no
// file on the disk may read another. All works, nothing goes wrong, and nothing is asked for outside of the disk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { browsers, mishaps, temporaryFolder, unpackedCopy } from "./copy.mjs";
import { expectNone } from "./site.mjs";

const { folder, remove } = temporaryFolder();
after(remove);
const files = unpackedCopy(folder, "--edition", "tv");

const address = (path) => pathToFileURL(join(folder, path)).href;
const isChart = (path) => /class="grafico[ "]/.test(readFileSync(join(folder, path), "utf8"));
const pages = files.filter((path) => path.endsWith("index.html"));
const comparison = pages.find((path) => /^confronti\/[^/]+\/[^/]+\/index\.html$/.test(path));
const chart = pages.find((path) => path.startsWith("indicatori/") && isChart(path));

const results = "#ricerca-risultati ol.ricerca-elenco > li h2 a";
const rows = "table[data-tabella] tbody tr:not([hidden])";

for (const [name, start] of Object.entries(browsers)) {
  describe(`the copy in ${name}`, async () => {
    const browser = await start();
    after(() => browser.close());

    /** Opens a file of the copy, and expects that nothing goes wrong until the test is over. */
    async function open(path, use) {
      const page = await browser.newPage();
      page.setDefaultTimeout(10_000);
      await page.setViewport({ width: 1280, height: 900 });
      const found = mishaps(page);
      try {
        await page.goto(address(path));
        await use(page);
        expectNone(found);
      } finally {
        await page.close();
      }
    }

    test("its first page leads into the site", () =>
      open("APRIMI.html", async (page) => {
        assert.ok((await textOf(page, "main")).includes("Provincia di Treviso"));
        await follow(page, "main header a[href='index.html']", "index.html");
      }));

    test("menu, way back and texts lead from page to page", () =>
      open("index.html", async (page) => {
        const menu = await hrefs(page, "header nav a");
        assert.ok(menu.length > 3, "there is no menu");
        for (const href of [menu[0], menu.at(-1)]) await follow(page, "header nav a", href);
        await page.goto(address("pratiche/treviso/index.html"));
        const [inside] = (await hrefs(page, "main .testo a")).filter(isPage);
        await follow(page, "main .testo a", inside);
        const way = await hrefs(page, ".breadcrumb a");
        await follow(page, ".breadcrumb a", way.at(-1));
        await follow(page, ".breadcrumb a", "index.html");
      }));

    test("the search answers from any page, and a filter keeps as many answers as it says", () =>
      open("pratiche/treviso/index.html", async (page) => {
        await press(page, "Control", "k");
        await page.keyboard.type("convenzione");
        await page.keyboard.press("Enter");
        await page.waitForSelector(results);
        assert.ok(page.url().startsWith(address("ricerca/index.html")), page.url());
        const filter = await page.waitForFunction(someFilter);
        const count = await filter.evaluate((label) =>
          Number(label.querySelector(".ricerca-numero").textContent),
        );
        await filter.click();
        const status = (count) => parseInt(document.querySelector("#ricerca-stato").textContent, 10) === count;
        await page.waitForFunction(status, {}, count);
        const answers = await hrefs(page, results);
        assert.equal(answers.length, Math.min(count, 10));
        await follow(page, results, answers[0]);
      }));

    test("a comparison has both sides", () =>
      open(comparison, async (page) => {
        const seen = await page.$$eval("main table tbody tr", (rows) =>
          rows.filter((row) => row.checkVisibility() && row.cells.length === 3).map((row) => row.innerText),
        );
        assert.ok(seen.length > 3, `${seen.length} rows`);
      }));

    test("a table sorts and filters", () =>
      open("dati/province/index.html", async (page) => {
        await page.waitForSelector(".table-filter input");
        assert.equal((await page.$$(rows)).length, 76);
        await page.type(".table-filter input", "forli emilia");
        await page.waitForFunction((rows) => document.querySelectorAll(rows).length === 1, {}, rows);
        assert.ok((await textOf(page, rows)).includes("FC"));
        await page.click("th button");
        await page.waitForSelector("th[aria-sort=ascending]");
      }));

    test("a chart is drawn", () =>
      open(chart, async (page) => {
        const drawn = await page.$$eval(".grafico svg :is(rect, line, path)", (marks) =>
          marks.map((mark) => mark.getBoundingClientRect()).filter(({ width, height }) => width + height > 4),
        );
        assert.ok(drawn.length > 1, `${drawn.length} marks`);
      }));

    test("a page is printed", () =>
      open("modelli/sua-di-area-vasta/index.html", async (page) => {
        const heading = bare(await textOf(page, "main h1"));
        const words = bare(await printed(page));
        assert.ok(words.includes(heading), "its heading is missing");
        assert.ok(words.includes(bare("CC BY 4.0")), "its licence is missing");
        assert.ok(!words.includes(bare("Vai al contenuto")), "its skip links are printed");
      }));

    test("what is asked for elsewhere would be noticed", async () => {
      const server = createServer((_, response) => response.end());
      await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
      const elsewhere = `http://127.0.0.1:${server.address().port}/segno.png`;
      const page = await browser.newPage();
      const found = mishaps(page);
      await page.goto("about:blank");
      await page.evaluate((source) => {
        const picture = new Image();
        picture.src = source;
        return new Promise((loaded) => (picture.onerror = picture.onload = loaded));
      }, elsewhere);
      await page.close();
      server.close();
      assert.ok(found.includes(`asked for: ${elsewhere}`), found.join("\n"));
    });
  });
}

const isPage = (href) => /index\.html$/.test(href) && !href.includes(":");
const textOf = (page, selector) => page.$eval(selector, (element) => element.innerText);
const hrefs = (page, selector) =>
  page.$$eval(selector, (links) => links.map((link) => link.getAttribute("href")));

/** Words without blanks, and without what a line break adds. */
const bare = (words) => words.normalize("NFKC").toLowerCase().replace(/[\s\u00ad\u200b\u2010-]/g, "");

/** Clicks on the link that leads to `href`, and waits for the page that it leads to. */
async function follow(page, selector, href) {
  const links = await page.$$(selector);
  const all = await hrefs(page, selector);
  const at = all.findIndex((found) => found.endsWith(href));
  assert.ok(at >= 0, `no link to ${href}`);
  const wanted = new URL(all[at], page.url());
  await Promise.all([page.waitForNavigation(), links[at].click()]);
  assert.equal(page.url().replace(/[?#].*/, ""), wanted.href.replace(/[?#].*/, ""));
  assert.ok((await textOf(page, "main h1")).length > 1, `${href} has no heading`);
}

async function press(page, held, key) {
  await page.keyboard.down(held);
  await page.keyboard.press(key);
  await page.keyboard.up(held);
}

/** The text of the PDF that the browser makes of the page. */
async function printed(page) {
  const data = new Uint8Array(await page.pdf({ format: "A4" }));
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  let words = "";
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    words += items.map(({ str }) => str).join("");
  }
  await pdf.destroy();
  return words;
}

/** Runs in the page: a filter that keeps some of the answers and not all, once they are counted. */
function someFilter() {
  const all = parseInt(document.querySelector("#ricerca-stato").textContent, 10);
  return [...document.querySelectorAll(".ricerca-filtro label")].find((label) => {
    const count = Number(label.querySelector(".ricerca-numero").textContent);
    return count > 0 && count < all;
  });
}
