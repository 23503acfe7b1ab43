// axe, to be run in a page, and which of its rules count here.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The script. */
export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 A and AA, EN 301 549, and what axe calls best practice. */
export const allRules = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"],
};

/** Contrast of level AAA, for those who ask their system for more. */
export const enhancedContrast = { type: "rule", values: ["color-contrast-enhanced"] };
