// axe, to be run in a page: which of its rules count here, and how pages are looked at.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expectNone } from "./site.mjs";

/** The script. */
export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 A and AA, EN 301 549, and what axe calls best practice. */
export const allRules = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"],
};

/** Contrast of level AAA, for those who ask their system for more. */
export const enhancedContrast = { type: "rule", values: ["color-contrast-enhanced"] };

// Colours change nothing but colours: what else there is to find in the dark was found in the light.
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const looks = [
  { colorScheme: "light", width: 1280, runOnly: allRules },
  { colorScheme: "dark", width: 1280, runOnly: colours },
  { colorScheme: "dark", width: 320, runOnly: colours },
  { colorScheme: "light", width: 320, runOnly: allRules },
];

const isContrast = (id) => id === "color-contrast" || id === "color-contrast-enhanced";

// What axe leaves to people, and what people have found.
const decided = [
  // The arrow back from a note is a sign, and its name says where it leads.
  ({ id, target }) => id === "label-content-name-mismatch" && /#rif-|footnote-back/.test(target),
  // The number of a note is one character long, and has the colour of every link.
  ({ id, reason }) => isContrast(id) && reason === "shortTextContent",
  // A chart is an image for axe; the contrast of its colours is a test of its own (tests/it/charts.rs).
  ({ id, reason, isInChart }) => isContrast(id) && ["imgNode", "bgOverlap"].includes(reason) && isInChart,
  // The cells of a table that is wider than the window are seen when it is scrolled.
  ({ id, reason, isInTable }) => isContrast(id) && reason === "elmPartiallyObscured" && isInTable,
  // An open list of suggestions covers what is under it, with a ground of its own.
  ({ id, reason, isUnderList }) =>
    isContrast(id) && ["bgOverlap", "elmPartiallyObscuring"].includes(reason) && isUnderList,
];

/** Looks in a tab at a page in some ways, once `prepare` has brought it where it should be. */
export function examine(withTab, address, prepare = () => {}, ways = looks) {
  return withTab(async (page) => {
    await look(page, ways[0]);
    await page.goto(address);
    await prepare(page);
    await page.evaluate(axe);
    const found = [];
    for (const way of ways) {
      await look(page, way);
      const { runOnly, ...name } = way;
      const findingsNow = await findings(page, runOnly);
      found.push(...findingsNow.map((finding) => `${Object.values(name).join(", ")}: ${finding}`));
    }
    expectNone(found);
  });
}

/** Brings a tab to a width and to colours. */
async function look(page, { colorScheme, width, contrast = null }) {
  await page.emulateMedia({ colorScheme, contrast });
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate(unfold);
}

/** What is folded up has to be right too. A width may fold up what another does not, before the next frame. */
async function unfold() {
  await new Promise((frame) => requestAnimationFrame(frame));
  document.querySelectorAll("details").forEach((details) => (details.open = true));
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
