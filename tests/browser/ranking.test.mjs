// `vasta search` and the browser read the same files and give the same answers: pages, order, scores and sections, for
// every question that the site's editors expect an answer to, and for some that are harder to read.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { folder, vasta } from "./site.mjs";

const root = join(import.meta.dirname, "../..");
const expectations = parse(readFileSync(join(root, "content/_search-tests.yaml"), "utf8"));
const more = [
  "cuc",
  "art. 52",
  "e-mail",
  "«servizio europa»",
  "centro di competenza digitale",
  "parola che non esiste xyzzy",
];
const questions = [...expectations, ...more.map((query) => ({ query }))];

/** Asks the search engine of the browser, or has it read the shared vectors. */
function parity(parameters, input = "") {
  const script = join(root, "tests/search/parity.mjs");
  const options = { input, encoding: "utf8" };
  const { status, stdout, stderr } = spawnSync("node", [script, folder, ...parameters], options);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

test("the tokeniser of the browser passes the shared vectors", () => {
  parity(["--vectors"]);
});

describe("the command line and the browser rank alike", () => {
  const asked = questions.map(({ query, facets }) => JSON.stringify({ query, facets }));
  const answers = parity([], asked.join("\n")).trim().split("\n");
  for (const [at, { query, facets = {} }] of questions.entries()) {
    test(asked[at], () => {
      const filters = Object.entries(facets).flatMap(([name, value]) => ["--facet", `${name}=${value}`]);
      const hits = JSON.parse(vasta("search", query, "--out", folder, "--json", "--limit", "10", ...filters));
      const facts = ({ url, score, section }) => `${score} ${url} › ${section}`;
      assert.deepEqual(hits.map(facts), JSON.parse(answers[at]).hits.map(facts));
    });
  }
});
