// Every page, in light and dark, wide and narrow, has no violation that axe can find.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, describe, test } from "node:test";
import { expectNone, launch, pages, serve } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"];

const looks = ["light", "dark"].flatMap((colorScheme) =>
  [1280, 320].map((width) => ({ colorScheme, width })),
);

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
    examine("ricerca/index.html?q=convenzione", (page) => page.locator("main ol h2 a").first().waitFor()));

  test("suggestions", () =>
    examine("404.html", async (page) => {
      await page.locator("input[name=q]").first().pressSequentially("conv");
      await page.locator("[role=option]").first().waitFor();
    }));
});

/** Looks at a page in all four ways, once `prepare` has brought it where it should be. */
async function examine(path, prepare = () => {}) {
  const page = await context.newPage();
  await page.goto(url + path);
  await prepare(page);
  await page.evaluate(axe);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const found = [];
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await violations(page)).map((violation) => `${colorScheme}, ${width}: ${violation}`));
  }
  await page.close();
  expectNone(found);
}

function violations(page) {
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run({
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`),
    );
  }, tags);
}
