// The scripts of the theme are JavaScript with types in comments, and the types are right: tsconfig.json names the scripts
// and asks for all that the compiler can check.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

test("the scripts of the theme have sound types", () => {
  const compiler = join(import.meta.dirname, "node_modules/typescript/bin/tsc");
  const parameters = [compiler, "--project", import.meta.dirname];
  const { status, stdout } = spawnSync("node", parameters, { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
