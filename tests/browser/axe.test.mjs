// No page has a violation that axe can find: wide and in light colours each of them, narrow and in dark colours one of every layout and the
// others in turn.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, describe, test } from "node:test";
import { expectNone, launch, pages, samples, serve } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"];

// Colours change nothing but colours: what else there is to find in the dark was found in the light.
const all = { type: "tag", values: tags };
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const wide = { colorScheme: "light", width: 1280, runOnly: all };
const others = [
  { colorScheme: "light", width: 320, runOnly: all },
  { colorScheme: "dark", width: 1280, runOnly: colours },
  { colorScheme: "dark", width: 320, runOnly: colours },
];
// Of the many pages of one layout every second one takes its turn with one of the other looks; with AXE_ALL each page is looked at in every way.
const looksAt = (path) => {
  const isSample = samples.includes(path) || !pages.includes(path) || process.env.AXE_ALL;
  return [wide, ...(isSample ? others : others.slice(pages.indexOf(path) % 6).slice(0, 1))];
};

// What axe leaves to people, and what people have found.
const decided = [
  // The arrow back from a note is a sign, and its name says where it leads.
  ({ id, target }) => id === "label-content-name-mismatch" && /#rif-|footnote-back/.test(target),
  // The number of a note is one character long, and has the colour of every link.
  ({ id, reason }) => id === "color-contrast" && reason === "shortTextContent",
  // A chart is an image for axe; the contrast of its colours is a test of its own (tests/it/charts.rs).
  ({ id, reason, isInChart }) => id === "color-contrast" && ["imgNode", "bgOverlap"].includes(reason) && isInChart,
  // The cells of a table that is wider than the window are seen when it is scrolled.
  ({ id, reason, isInTable }) => id === "color-contrast" && reason === "elmPartiallyObscured" && isInTable,
  // An open list of suggestions covers what is under it, with a ground of its own.
  ({ id, reason, isUnderList }) =>
    id === "color-contrast" && ["bgOverlap", "elmPartiallyObscuring"].includes(reason) && isUnderList,
];

const { url, close } = await serve();
const browser = await launch();
// Colours in the middle of a transition are nobody's colours.
const context = await browser.newContext({ reducedMotion: "reduce" });
context.setDefaultTimeout(5000);
after(async () => {
  await browser.close();
  close();
});

describe("axe has nothing to say", { concurrency: 2 }, () => {
  for (const path of pages) {
    test(path, () => examine(path));
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

/** Looks at a page in its ways, once `prepare` has brought it where it should be. */
async function examine(path, prepare = () => {}) {
  const page = await context.newPage();
  await page.goto(url + path);
  await prepare(page);
  await page.evaluate(axe);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const found = [];
  for (const { colorScheme, width, runOnly } of looksAt(path)) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const findingsNow = await findings(page, runOnly);
    found.push(...findingsNow.map((finding) => `${colorScheme}, ${width}: ${finding}`));
  }
  await page.close();
  expectNone(found);
}

/** What axe is sure of, and what neither axe nor we have decided. */
async function findings(page, runOnly) {
  const results = await page.evaluate(async (runOnly) => {
    const options = { runOnly, resultTypes: ["violations", "incomplete"], elementRef: true };
    const { violations, incomplete } = await window.axe.run(options);
    const nodes = (rules) =>
      rules.flatMap(({ id, help, nodes }) =>
        nodes.map(({ any, target, element }) => ({
          id,
          help,
          reason: any[0]?.data?.messageKey,
          target: target.join(" "),
          isInChart: element.closest(".grafico") !== null,
          isInTable: element.closest("table") !== null,
          isUnderList: document.querySelector("[role=listbox]:not([hidden])") !== null,
        })),
      );
    return { violations: nodes(violations), undecided: nodes(incomplete) };
  }, runOnly);
  const open = results.undecided.filter((finding) => !decided.some((decision) => decision(finding)));
  const words = ({ id, help, reason, target }) => [id, help, reason, target].filter(Boolean).join(": ");
  return [...results.violations, ...open].map(words);
}
