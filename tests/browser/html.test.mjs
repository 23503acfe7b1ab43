// Every page is valid HTML: html-validate with our configuration, and the Nu Html Checker of the W3C where Java is.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { complaints } from "./html.mjs";
import { expectNone, folder, pages, redirects } from "./site.mjs";

describe("html-validate has nothing to say", () => {
  for (const path of [...pages, ...redirects]) {
    test(path, async () => expectNone(await complaints(join(folder, path))));
  }
});

const hasJava = spawnSync("java", ["-version"]).status === 0;

test("the Nu Html Checker has nothing to say", { skip: !hasJava && "Java is not installed" }, () => {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const run = spawnSync(
    "java",
    ["-jar", jar, "--errors-only", "--skip-non-html", "--format", "gnu", folder],
    { encoding: "utf8" },
  );
  expectNone(run.stderr.replaceAll(`"file:${folder}/`, '"').split("\n").filter(Boolean));
  assert.equal(run.status, 0);
});
