// What Lighthouse says of a page of each kind on a phone: how fast it is on a slow network with a slow processor, and whether
// accessibility, good practice and search engines are served. The site is built anew with the address where it is served, as
// for publishing.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import lighthouse from "lighthouse";
import { expectNone, freePort, kinds, launch, serve, vasta } from "./site.mjs";

// Of 100, milliseconds, and the part of a screen that moves. The design sets the limits.
const scores = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const metrics = {
  "largest-contentful-paint": 1500,
  "cumulative-layout-shift": 0.02,
  "total-blocking-time": 50,
};
// Performance is measured time: a machine that is busy with something else makes it worse, and nothing makes it better.
// So the best of a few runs is what the page can do.
const runs = 3;

const site = mkdtempSync(join(tmpdir(), "vasta-lighthouse-"));
const port = await freePort();
publish(`http://127.0.0.1:${port}/`);
const { url, close } = await serve({ root: join(site, "public"), port });
const debuggingPort = await freePort();
const browser = await launch(`--remote-debugging-port=${debuggingPort}`);
after(async () => {
  await browser.close();
  close();
  rmSync(site, { recursive: true });
});

// What a page is meant to lose points for, and for nothing else: search engines are told to pass over the page of answers.
const intended = { search: { seo: ["is-crawlable"] } };

// These are laid out as others are.
const { section, guide, indicator, act, topic, list, ...measured } = kinds;

describe("Lighthouse is content with a page on a phone", () => {
  for (const [kind, path] of Object.entries(measured)) {
    test(`${kind}: ${path}`, async () => {
      let faults = { timed: [], others: [] };
      for (let run = 0; run < runs; run++) {
        faults = await audit(path, intended[kind]);
        if (!faults.timed.length || faults.others.length) break;
      }
      expectNone([...faults.others, ...faults.timed]);
    });
  }
});

/** Builds a copy of the site that knows its address. */
function publish(address) {
  const repository = join(import.meta.dirname, "../..");
  for (const folder of ["content", "themes"])
    cpSync(join(repository, folder), join(site, folder), { recursive: true });
  const settings = readFileSync(join(repository, "vasta.yaml"), "utf8");
  writeFileSync(join(site, "vasta.yaml"), `${settings}\nbase_url: "${address}"\n`);
  vasta("build", "--site", site);
}

/** What a page does not reach: in performance, which is timed, and in the rest, which another run does not change. */
async function audit(path, intended = {}) {
  const { lhr } = await lighthouse(url + path.replace("index.html", ""), {
    port: debuggingPort,
    logLevel: "silent",
    onlyCategories: Object.keys(scores),
    disableFullPageScreenshot: true,
  });
  const { categories, audits, runtimeError } = lhr;
  if (runtimeError) return { timed: [], others: [runtimeError.message] };
  const points = (name) => Math.round(categories[name].score * 100);
  const isReached = (name) =>
    intended[name] ? costly(lhr, name).join() === intended[name].join() : points(name) >= scores[name];
  const low = Object.keys(scores)
    .filter((name) => !isReached(name))
    .map((name) => ({ name, fault: `${name} ${points(name)} of ${scores[name]}: ${reasons(lhr, name)}` }));
  const slow = Object.keys(metrics)
    .filter((name) => audits[name].numericValue > metrics[name])
    .map((name) => `${name} ${audits[name].displayValue}, more than ${metrics[name]}`);
  const [timed, others] = [true, false].map((isTimed) =>
    low.filter(({ name }) => (name === "performance") === isTimed).map(({ fault }) => fault),
  );
  return { timed: [...timed, ...slow], others };
}

/** The audits that cost a category its points. */
function costly({ categories, audits }, name) {
  // Which has no score was not applicable.
  const isCostly = ({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1;
  return categories[name].auditRefs.filter(isCostly).map(({ id }) => id);
}

/** The same in words. */
const reasons = (result, name) => costly(result, name).map((id) => result.audits[id].title).join("; ");
