// What only an edition has, and only a copy: the page that says in what the edition differs, pages that it replaces or adds, the first
// page of the copy; and pages of states that those of the project are not in. They hold what is asked of every page. The edition is made here, of the national content.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { examine } from "./axe.mjs";
import { temporaryFolder, unpackedCopy } from "./copy.mjs";
import { complaints } from "./html.mjs";
import { furniture, shown, wideElements } from "./in-page.mjs";
import { apart, expectNone, launch, serve, tabs } from "./site.mjs";

const root = join(import.meta.dirname, "../..");
const { folder, remove } = temporaryFolder();
after(remove);
const site = join(folder, "site");
const copies = join(folder, "copies");

for (const source of ["content", "themes"]) cpSync(join(root, source), join(site, source), { recursive: true });
const put = (path, text) => {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
};
const national = (path) => readFileSync(join(root, path), "utf8");
const replaced = (text, before, now) => {
  assert.ok(text.includes(before), `${before} is not there`);
  return text.replace(before, now);
};

put("vasta.yaml", `${national("vasta.yaml").replace(/^base_url:.*\n/m, "")}\nbase_url: https://esempio.it/\n`);
put("content/altrove.md", "---\ntitle: Negli altri territori\nhidden_in: [tv]\n---\nLe altre Province.\n");
put("editions/tv.yaml", "base_url: https://tv.esempio.it/\n");
put(
  "editions/tv/replace/pratiche/treviso.md",
  replaced(national("content/pratiche/treviso.md"), "La Provincia di Treviso svolge", "La nostra Provincia svolge"),
);
put(
  "editions/tv/add/sportello.md",
  "---\ntitle: Lo sportello per i Comuni\ndescription: Dove rispondiamo ai Comuni.\n---\nRispondiamo ai Comuni, vedi [la pratica](pratiche/treviso.md).\n",
);
// A page with every notice that can be at its top at once, one in review, and their section with cards.
const state = (name, front) => put(`content/stati/${name}.md`, `---\ntitle: ${name}\n${front}---\nIl testo.\n`);
state("superata", "owner: Ufficio appalti\nvalid_from: 9998-01-01\nexpires: 2020-12-31\nrepealed_by: in-revisione\n");
state("sostituita", "repealed_by: in-revisione\n");
state("in-revisione", "state: in-revisione\n");
for (const id of ["tv", "bl"]) unpackedCopy(join(copies, id), "--site", site, "--edition", id);

const pages = [
  "tv/APRIMI.html",
  "tv/index.html",
  "tv/edizione/index.html",
  "tv/pratiche/treviso/index.html",
  "tv/sportello/index.html",
  "tv/stati/superata/index.html",
  "tv/stati/in-revisione/index.html",
  "tv/stati/index.html",
  // It differs in nothing but its values.
  "bl/edizione/index.html",
];

const { url, close } = await serve({ root: copies });
const browser = await launch();
const withTab = tabs(apart(browser, { reducedMotion: "reduce" }));
after(async () => {
  await browser.close();
  close();
});

test("the pages say what they are", () => {
  const text = (path) => readFileSync(join(copies, path), "utf8");
  for (const path of ["tv/pratiche/treviso/index.html", "tv/sportello/index.html"]) {
    assert.match(text(path), /edizione\/index\.html#/, path);
  }
  for (const section of ["sostituite", "aggiunte", "assenti", "valori"]) {
    assert.ok(text("tv/edizione/index.html").includes(`id="edizione_${section}"`), section);
  }
});

test("a notice says that a page is not, or no longer, what holds, and leads to what does", () => {
  const text = (path) => readFileSync(join(copies, "tv/stati", path), "utf8");
  const notices = (path) => [...text(path).matchAll(/role="note"><strong>(.*?)[.<]/g)].map((found) => found[1].trim());
  assert.deepEqual(notices("superata/index.html"), ["Superata", "Valida fino al", "Vale dal"]);
  assert.deepEqual(notices("in-revisione/index.html"), ["In revisione"]);
  assert.match(text("superata/index.html"), /role="note">.*href="[^"]*stati\/in-revisione\/index\.html"/);
  assert.match(text("index.html"), /class="badge">Superata</);
});

describe("what only editions and copies have is as good as other pages", { concurrency: 2 }, () => {
  for (const path of pages) {
    test(`${path}: html-validate has nothing to say`, async () =>
      expectNone(await complaints(join(copies, path))));

    test(`${path}: axe has nothing to say`, () => examine(withTab, url + path));

    test(`${path}: it needs no sideways scrolling at 320 pixels`, () =>
      withTab(async (page) => {
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(url + path);
        expectNone(await page.evaluate(wideElements));
      }));

    test(`${path}: on paper there is the text and not the furniture`, () =>
      withTab(async (page) => {
        await page.goto(url + path);
        await page.emulateMedia({ media: "print" });
        expectNone(await page.evaluate(shown, furniture));
        assert.equal((await page.evaluate(shown, "main h1")).length, 1);
        await page.emulateMedia({ media: null });
      }));
  }
});
