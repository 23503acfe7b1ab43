// `vasta search` and the browser read the same files and give the same answers: pages, order and scores.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folder } from "./site.mjs";

const root = join(import.meta.dirname, "../..");
const queries = JSON.parse(readFileSync(new URL("queries.json", import.meta.url))).map(({ query }) => query);
const more = [
  "gara",
  "dell'appalto",
  "stazzione appaltante",
  "codice istat brescia",
  "comuni aderenti treviso",
  "d.lgs. 36/2023",
  "art. 52",
  "e-mail",
  "europrogett",
  "«servizio europa»",
  "centro di competenza digitale",
  "quando è iniziato e finisce",
  "chi fa europrogettazione per i comuni",
  "parola che non esiste xyzzy",
];
const questions = [...queries, ...more];

/** Runs a program and gives what it printed. */
function run(program, parameters, input = "") {
  const { status, stdout, stderr } = spawnSync(program, parameters, { cwd: root, input, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("the tokeniser of the browser passes the shared vectors", () => {
  run("node", ["tests/search/parity.mjs", folder, "--vectors"]);
});

describe("the command line and the browser rank alike", () => {
  const lines = run("node", ["tests/search/parity.mjs", folder], questions.join("\n") + "\n");
  const browser = new Map(
    lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .map(({ question, hits }) => [question, hits]),
  );
  for (const question of questions) {
    test(question, () => {
      const search = ["run", "--release", "--quiet", "--", "search", question, "--out", folder];
      const program = JSON.parse(run("cargo", [...search, "--json", "--limit", "10"]));
      const facts = ({ url, score }) => `${score} ${url}`;
      assert.deepEqual(program.map(facts), browser.get(question).slice(0, 10).map(facts));
    });
  }
});
