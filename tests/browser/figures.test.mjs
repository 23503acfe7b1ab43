// Every figure of the site is an entry of the collection of indicators, with unit, year, scope and source; and every number that the text
// of a practice tells is one of them.

import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { entries, isHeld, line, numbers } from "./figures.mjs";
import { expectNone } from "./site.mjs";

const practices = new URL("../../content/pratiche/", import.meta.url);

test("every entry has its unit, year, scope and source", () => {
  const lacking = entries().filter(
    (entry) => !entry.unita || !entry.anno || !entry.perimetro || !entry.fonte?.indirizzo || entry.valore == null,
  );
  expectNone(lacking.map(line));
});

describe("every number of a practice is an entry", () => {
  for (const name of readdirSync(practices).filter((name) => name.endsWith(".md") && name !== "_index.md")) {
    test(name, () => {
      const found = numbers(readFileSync(new URL(name, practices), "utf8"));
      expectNone(found.filter((number) => !isHeld(number, entries())).map(({ written }) => written));
    });
  }
});
