// On paper a page is a document: its text with nothing folded up or cut off and nothing that only works on a screen,
// where it comes from and under which licence. The PDF that a browser makes of it has tags, a title, a language and an
// outline.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { furniture, shown } from "./in-page.mjs";
import { expectNone, kinds, launch, samples, serve } from "./site.mjs";

const { url, close } = await serve();
const browser = await launch();
const context = await browser.newContext();
context.setDefaultTimeout(5000);
after(async () => {
  await browser.close();
  close();
});

// Nobody prints the page for wrong addresses, or a form to search with.
const isDocument = (path) => !["404.html", kinds.search].includes(path);

/** Opens a page as it is on paper, and closes it when the test is over. */
async function open(path, use) {
  const page = await context.newPage();
  await page.goto(url + path);
  await page.emulateMedia({ media: "print" });
  await use(page).finally(() => page.close());
}

describe("on paper there is the text and not the furniture", { concurrency: 2 }, () => {
  for (const path of samples.filter(isDocument)) {
    test(path, () =>
      open(path, async (page) => {
        // Inside the main content there may be the table of contents.
        expectNone(await page.evaluate(shown, furniture));
        assert.equal((await page.evaluate(shown, "main h1")).length, 1);
      }),
    );
  }
});

describe("a PDF of a page is a document that programs can read, and complete", () => {
  for (const [kind, path] of Object.entries(kinds).filter(([, path]) => isDocument(path))) {
    test(`${kind}: ${path}`, () =>
      open(path, async (page) => {
        const { sheets, outline, title, language, isTagged } = await printed(page);
        const all = sheets.join("");
        assert.ok(isTagged, "it has no tags");
        assert.deepEqual([title, language], [await page.title(), "it"]);
        assert.deepEqual(outline, (await page.evaluate(headings)).map(bare));
        const missing = new Set((await page.evaluate(texts)).filter((words) => !isIn(all, bare(words))));
        expectNone([...missing].map((words) => `cut off or not printed: ${words}`));
        assert.ok(all.includes(bare(path.replace("index.html", ""))), "its address is missing");
        assert.ok(all.includes(bare("CC BY 4.0")), "its licence is missing");
        assert.ok(!all.includes(bare("Vai al contenuto")), "its skip links are printed");
      }));
  }
});

test("the table of contents is printed before the text", () =>
  open(kinds.model, async (page) => {
    const entries = (await page.evaluate(contents)).map(bare);
    assert.ok(entries.length > 5, "there is no table of contents");
    const all = (await printed(page)).sheets.join("");
    const place = entries.reduce((from, entry) => (from < 0 ? from : all.indexOf(entry, from)), 0);
    assert.ok(place > 0, "not all entries are there in their order");
    expectNone(entries.filter((entry) => all.lastIndexOf(entry) <= place));
  }));

test("the head of a long table is on each of its sheets", () =>
  open(kinds.data, async (page) => {
    const { heads, names } = await page.evaluate(longestTable);
    const { sheets } = await printed(page);
    const places = names.map(bare).map((name) => sheets.findLastIndex((sheet) => sheet.includes(name)));
    const isHead = (sheet) => heads.every((head) => sheet.includes(bare(head)));
    const [first, last] = [sheets.findIndex(isHead), Math.max(...places)];
    assert.ok(first >= 0 && last > first, "there is no table that is longer than a sheet");
    const without = sheets
      .slice(first, last + 1)
      .flatMap((sheet, at) => (isHead(sheet) ? [] : [first + at + 1]));
    expectNone(without.map((number) => `sheet ${number} has rows and no head`));
  }));

/** A page as a PDF: the text of each sheet, and what a program that reads it is told. */
async function printed(page) {
  const data = new Uint8Array(await page.pdf({ format: "A4", tagged: true, outline: true }));
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const { info, hasStructTree } = await pdf.getMetadata();
  const marks = await pdf.getMarkInfo();
  const sheets = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const sheet = await pdf.getPage(number);
    sheets.push(bare((await sheet.getTextContent()).items.map(({ str }) => str).join("")));
  }
  const outline = entries(await pdf.getOutline());
  await pdf.destroy();
  return {
    sheets,
    outline,
    title: info.Title,
    language: info.Language,
    isTagged: hasStructTree && marks?.Marked,
  };
}

/** The entries of an outline, each with its level. */
const entries = (outline, level = 1) =>
  (outline ?? []).flatMap(({ title, items }) => [bare(`${level} ${title}`), ...entries(items, level + 1)]);

/** Words without what a line break adds or takes away. */
function bare(words) {
  return words
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u00ad\u200b\u2010-]/g, "");
}

/** Whether a text is printed, on one sheet or on two: then its beginning or its end is in one piece. */
const isIn = (all, text) => all.includes(text.slice(0, 40)) || all.includes(text.slice(-40));

// What follows runs in the page.

/** The headings that are shown, each with its level. */
function headings() {
  return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => `${heading.localName.slice(1)} ${heading.textContent}`);
}

/** What there is to read in the main content, folded up or not, unless paper goes without what it is in. */
function texts() {
  const isPrinted = (element) => {
    const { display, clipPath } = getComputedStyle(element);
    const isForScreenReaders =
      clipPath !== "none" || (element.offsetWidth === 1 && element.offsetHeight === 1);
    return (
      display !== "none" &&
      !isForScreenReaders &&
      (element.matches("main") || isPrinted(element.parentElement))
    );
  };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    // A drawing has a title for those who do not see it.
    if (data.trim() && !parentElement.closest("title, desc") && isPrinted(parentElement))
      found.push(data.trim());
  }
  return found;
}

/** What the table of contents lists: the only navigation that stays on its page. */
function contents() {
  const isHere = (link) => link.getAttribute("href").startsWith("#");
  const navigations = [...document.querySelectorAll("main nav")].map((nav) => [...nav.querySelectorAll("a")]);
  const links = navigations.find((links) => links.length > 0 && links.every(isHere)) ?? [];
  return links.filter((link) => link.checkVisibility()).map((link) => link.textContent);
}

/** The heads of the columns and the names of the rows of the longest table. */
function longestTable() {
  const texts = (elements) => [...elements].map((element) => element.textContent.trim());
  const tables = [...document.querySelectorAll("main table")];
  const table = tables.reduce((one, other) => (one.rows.length < other.rows.length ? other : one));
  return {
    heads: texts(table.tHead.rows[0].cells),
    names: texts(table.querySelectorAll("tbody tr > :first-child")),
  };
}
