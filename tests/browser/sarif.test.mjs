// `vasta check --format sarif` against the published schema, on the site with mistakes of every kind and on a site without.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import Ajv from "ajv-draft-04";

const schema = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// Formats of addresses and dates are for a package of their own; what they would check is plain to see.
// One pattern of the schema has a bracket too many, which strict expressions refuse.
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const program = process.env.VASTA_PROGRAM ?? join(import.meta.dirname, "../../target/release/vasta");
const empty = mkdtempSync(join(tmpdir(), "vasta-sarif-"));
after(() => rmSync(empty, { recursive: true }));
mkdirSync(join(empty, "content"));
writeFileSync(join(empty, "content/_index.md"), "# Prova\n");

/** The report of a site, which may have errors. */
const report = (site, language) => {
  const run = spawnSync(program, ["check", "--format", "sarif", "--lang", language, "--site", site], { encoding: "utf8" });
  assert.ok(run.status < 2, run.stderr);
  return JSON.parse(run.stdout);
};

for (const [name, site] of [
  ["with mistakes", join(import.meta.dirname, "../mistakes")],
  ["without", empty],
]) {
  for (const language of ["it", "en"]) {
    test(`a site ${name} follows the schema of SARIF (${language})`, () => {
      assert.ok(validate(report(site, language)), JSON.stringify(validate.errors, undefined, 2));
    });
  }
}

test("the schema refuses what is not SARIF", () => {
  const wrong = report(empty, "it");
  wrong.runs[0].results = [{ ruleId: "V009" }];
  assert.ok(!validate(wrong));
});
