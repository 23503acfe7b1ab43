// No page has a violation that axe can find, neither wide nor narrow, neither in light nor in dark colours.
//
// A page is loaded once and looked at in all four ways, and the next page is loaded into the same tab: so every page costs less
// than a second of one core.

import { after, describe, test } from "node:test";
import * as axe from "./axe.mjs";
import { apart, kinds, launch, pages, serve, tabs } from "./site.mjs";

const contrastLooks = ["light", "dark"].map((colorScheme) => ({
  colorScheme,
  width: 1280,
  contrast: "more",
  runOnly: axe.enhancedContrast,
}));

const { url, close } = await serve();
const browser = await launch();
// Colours in the middle of a transition are nobody's colours.
const withTab = tabs(apart(browser, { reducedMotion: "reduce" }));
after(async () => {
  await browser.close();
  close();
});

const examine = (path, prepare, ways) => axe.examine(withTab, url + path, prepare, ways);

describe("axe has nothing to say", { concurrency: 2 }, () => {
  for (const path of pages) {
    test(path, () => examine(path));
  }

  for (const [kind, path] of Object.entries(kinds)) {
    test(`${kind}, with more contrast`, () => examine(path, () => {}, contrastLooks));
  }

  test("search answers", () =>
    examine("ricerca/index.html?q=convenzione&argomenti=Europa", async (page) => {
      await page.locator("main ol h2 a").first().waitFor();
      await page.locator(".ricerca-numero:not(:empty)").first().waitFor({ state: "attached" });
    }));

  for (const [name, question] of [
    ["no answer", "zzzzqqqq"],
    ["no answer with a filter", "treviso&regione=Marche"],
  ]) {
    test(name, () =>
      examine(`ricerca/index.html?q=${question}`, (page) =>
        page.locator("#ricerca-risultati > p").first().waitFor(),
      ),
    );
  }

  for (const path of ["404.html", pages.at(-1)]) {
    test(`suggestions, ${path}`, () =>
      examine(path, async (page) => {
        await page.locator("input[name=q]").first().pressSequentially("conv");
        await page.locator("[role=option]").first().waitFor();
        await page.keyboard.press("ArrowDown");
      }));
  }

  test("marks on arrival", () =>
    examine("glossario/convenzione/index.html?evidenzia=convenzione", (page) =>
      page.locator(".evidenzia-avviso").waitFor(),
    ));
});
