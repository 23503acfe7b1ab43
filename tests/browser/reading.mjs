// Reads the same pages as two generators made them, and prints what a reader gets: node reading.mjs FOLDER
//
// In the folder, `vasta` and `mkdocs` are built for the web, and `mkdocs-offline` for the disk; `ports.json` says where the
// first two say that they are, and the lines of `pages.txt` are the addresses of the pages. Prints lines of words between
// tabs: generator, measure, values.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import lighthouse from "lighthouse";
import { allRules, axe, enhancedContrast } from "./axe.mjs";
import { tour } from "./keyboard.mjs";
import { freePort, launch, serve } from "./site.mjs";

const [folder] = process.argv.slice(2);
const pages = readFileSync(join(folder, "pages.txt"), "utf8").trim().split("\n");
const ports = JSON.parse(readFileSync(join(folder, "ports.json")));
const question = "convenzione";
const categories = ["performance", "accessibility", "best-practices", "seo"];
// Going through every stop of a page takes a while: every fifth page tells as much.
const toured = pages.filter((_, at) => at % 5 === 0);

const debuggingPort = await freePort();
const browser = await launch(`--remote-debugging-port=${debuggingPort}`);
const generators = { vasta: "vasta", mkdocs: "mkdocs-offline" };
for (const [name, offline] of Object.entries(generators)) {
  const print = (...words) => console.log([name, ...words].join("\t"));
  let sent = [];
  const root = join(folder, name);
  const size = (file) =>
    Math.min(readFileSync(join(root, file)).length, gzipSync(readFileSync(join(root, file))).length);
  const { url, close } = await serve({
    root,
    port: ports[name],
    served: (file) => file && sent.push(size(file)),
  });

  for (const path of pages) {
    console.error(`${name}: ${path}`);
    await withPage({}, async (page) => {
      sent = [];
      await page.goto(url + path, { waitUntil: "networkidle" });
      print(
        "bytes",
        sent.reduce((sum, one) => sum + one, 0),
      );
      print("requests", sent.length);
      print("axe", ...(await violations(page, allRules)));
      await page.emulateMedia({ contrast: "more" });
      print("contrast", ...(await violations(page, enhancedContrast)));
    });
    const { lhr } = await lighthouse(url + path.replace("index.html", ""), {
      port: debuggingPort,
      logLevel: "silent",
      onlyCategories: categories,
    });
    for (const category of categories) print(category, Math.round(lhr.categories[category].score * 100));
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url + path);
      const text = page.locator("main");
      const isRead = (await text.locator("h1").isVisible()) && (await text.innerText()).length > 80;
      print("readable", Number(isRead));
    });
  }

  for (const path of toured) {
    await withPage({}, async (page) => {
      await page.goto(url + path, { waitUntil: "networkidle" });
      const stops = await tour(page);
      const faults = stops.flatMap((stop) => stop.faults);
      print("stops", stops.length);
      print("skips", Number(/^#./.test(stops[0]?.href ?? "")));
      print("ringless", faults.filter((fault) => fault.startsWith("no ring")).length);
      print("covered", faults.filter((fault) => fault.startsWith("covered")).length);
    });
  }

  await withPage({}, async (page) => {
    await page.goto(url + pages[1], { waitUntil: "networkidle" });
    await ask(page);
    print("open", ...(await violations(page, allRules)));
    const { isCombobox, isTold } = await page.evaluate(() => ({
      isCombobox: document.activeElement.getAttribute("role") === "combobox",
      isTold: [...document.querySelectorAll("[role=status], [aria-live]")].some((one) =>
        one.textContent.trim(),
      ),
    }));
    print("combobox", Number(isCombobox));
    print("told", Number(isTold));
    print("keyboard", Number(await chosen(page)));
  });
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url + pages[1]);
    const fields = page.locator("form[action] input:is([type=search], [type=text], :not([type]))");
    print("route", Number(await fields.first().isVisible()));
  });
  await withPage({ offline: true }, async (page) => {
    await page.goto(pathToFileURL(join(folder, name, pages[1])).href);
    print("disk", Number(await answers(page)));
    await page.goto(pathToFileURL(join(folder, offline, offlinePath(offline, pages[1]))).href);
    print("offline", Number(await answers(page)));
  });
  close();
}
await browser.close();

/** Uses a page in a context of its own. */
async function withPage(options, use) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(10_000);
  await use(await context.newPage()).finally(() => context.close());
}

/** How many elements break some rules, and the names of those rules. */
async function violations(page, runOnly) {
  if (!(await page.evaluate("window.axe"))) await page.evaluate(axe);
  const broken = await page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => ({ id, count: nodes.length }));
  }, runOnly);
  return [broken.reduce((sum, { count }) => sum + count, 0), ...broken.map(({ id }) => id)];
}

/** Types the question as a reader without a mouse does. */
async function ask(page) {
  // MkDocs has its answers ready when its worker has read the index, and vasta begins to load when its field has the focus.
  await page.keyboard.press("/");
  await page.waitForTimeout(300);
  await page.keyboard.type(question, { delay: 50 });
  await page.waitForTimeout(2500);
}

/** Whether the arrow and Enter lead from the answers to a page. */
async function chosen(page) {
  const before = page.url().split(/[?#]/)[0];
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1500);
  return page.url().split(/[?#]/)[0] !== before;
}

async function answers(page) {
  await page.waitForTimeout(500);
  await ask(page);
  return chosen(page);
}

/** For the disk, MkDocs writes a file and not a folder for each page. */
function offlinePath(generator, path) {
  return generator === "mkdocs-offline" ? path.replace(/\/index\.html$/, ".html") : path;
}
