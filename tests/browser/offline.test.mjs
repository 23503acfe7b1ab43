// The site opened from a folder, with no server and no network: the same pages, the same search. And without
// JavaScript every page can be read and reached and shows nothing that needs a script; with storage forbidden all works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { expectNone, fileUrl, kinds, launch, pages, samples, tabs, troubles } from "./site.mjs";

const queries = JSON.parse(readFileSync(new URL("queries.json", import.meta.url)));
const home = fileUrl("index.html");
const navigation = "header nav a[href]";
const field = "input[name=q]";
const results = "#ricerca-risultati ol.ricerca-elenco > li h2 a";

const browser = await launch();
after(() => browser.close());

/** Opens a page from the disk, in a window with these options, and closes it when the test is over. */
async function open(address, use, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    context.setDefaultTimeout(5000);
    const page = await context.newPage();
    const found = troubles(page);
    await page.goto(address);
    await use(page, context);
    expectNone(found);
  } finally {
    await context.close();
  }
}

const withoutScripts = tabs(await browser.newContext({ javaScriptEnabled: false }));

/** The path in the site of an address on the disk. */
const pathOf = (address) =>
  address
    .slice(fileUrl("").length)
    .replace(/[?#].*/, "")
    .replace(/^\//, "");

/** Types a question as a reader without a mouse does, from any page, and waits for the answers. */
async function search(page, question) {
  await page.keyboard.press("Control+k");
  assert.equal(
    await page.evaluate(() => document.activeElement.getAttribute("name")),
    "q",
    "Ctrl+K does not lead to the search",
  );
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  await page.waitForURL(/ricerca\/index\.html\?.*q=/);
  await page.locator(results).first().waitFor();
  return page.locator(results).evaluateAll((links) => links.map((link) => link.href));
}

async function followNavigation(page) {
  const links = await page
    .locator(navigation)
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.length > 0, "there is no navigation");
  for (const link of links) {
    await page.goto(home);
    await page.locator(`${navigation.replace("[href]", "")}[href="${link}"]`).click();
    await page.waitForURL((url) => url.href.includes(link.replace(/^(\.\.\/)*/, "")));
    assert.ok(await page.locator("main h1").isVisible(), `${link} has no heading`);
  }
}

test("the navigation leads through the site", () => open(home, followNavigation));

describe("the search answers", () => {
  for (const { query, first } of queries) {
    test(query, () =>
      open(home, async (page) => {
        const [answer] = await search(page, query);
        assert.ok(
          first.includes(pathOf(answer)),
          `the first answer is ${pathOf(answer)}, not ${first.join(" or ")}`,
        );
      }),
    );
  }
});

test("an answer opens, and the way back leads to the same answers", () =>
  open(home, async (page) => {
    const [answer, ...others] = await search(page, queries[0].query);
    await page.locator(results).first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => pathOf(url.href) === pathOf(answer));
    assert.ok(await page.locator("main h1").isVisible());
    await page.goBack();
    await page.locator(results).first().waitFor();
    assert.deepEqual(await page.locator(results).evaluateAll((links) => links.map((link) => link.href)), [
      answer,
      ...others,
    ]);
  }));

test("suggestions are chosen with the arrows and closed with Esc", () =>
  open(fileUrl(samples.at(-1)), async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("convenz");
    const input = page.locator(":focus");
    await page.locator("[role=option]").first().waitFor();
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    assert.equal(
      await page.locator("[role=option][aria-selected=true]").count(),
      0,
      "a suggestion is chosen by itself",
    );
    await page.keyboard.press("ArrowDown");
    const chosen = page.locator("[role=option][aria-selected=true]");
    assert.equal(await input.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
    await page.keyboard.press("Escape");
    assert.equal(await input.getAttribute("aria-expanded"), "false");
    assert.equal(await page.locator("[role=option]:visible").count(), 0);
  }));

test("no answer is said in words", () =>
  open(`${fileUrl("ricerca/index.html")}?q=zzzzqqqq`, async (page) => {
    await page.locator("#ricerca-stato:not(:empty)").waitFor();
    await page.getByText("zzzzqqqq").first().waitFor();
    assert.equal(await page.locator(results).count(), 0);
  }));

/** Runs in the page: what is shown and does nothing without a script. */
function promises() {
  const controls =
    "button, select, input:not([type=hidden], :disabled), textarea, [role=button], [contenteditable]";
  const links = "a:not([href]):not([role]), a[href='#'], a[href^='javascript:']";
  const works = (element) =>
    element.form?.getAttribute("action") && !["button", "reset"].includes(element.type);
  return [...document.querySelectorAll(`${controls}, ${links}`)]
    .filter((element) => element.checkVisibility() && !works(element))
    .map((element) => `${innerWidth}: does nothing: ${element.outerHTML.slice(0, 120)}`);
}

/** Runs in the page: what a script would have to bring: headings, rows and navigation, and texts that are marked as hidden. */
function unreachable() {
  const isLeftOut = (element) =>
    element.closest("details:not([open])") ?? element.querySelector("button, input");
  return [...document.querySelectorAll("main :is(tr, h2, h3), main [hidden], header nav a, footer a")]
    .filter((element) => element.textContent.trim() && !element.checkVisibility() && !isLeftOut(element))
    .map((element) => `${innerWidth}: is hidden: ${element.outerHTML.slice(0, 120)}`);
}

describe("without JavaScript", { concurrency: 2 }, () => {
  test("the navigation leads through the site", () =>
    open(home, followNavigation, { javaScriptEnabled: false }));

  for (const path of pages) {
    test(path, () =>
      withoutScripts(async (page) => {
        const found = troubles(page);
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(fileUrl(path));
        assert.ok(await page.locator("main h1").isVisible());
        assert.ok(
          (await page.locator("main").innerText()).trim().length > 80,
          "there is next to nothing to read",
        );
        found.push(...(await page.evaluate(promises)), ...(await page.evaluate(unreachable)));
        await page.setViewportSize({ width: 320, height: 900 });
        found.push(...(await page.evaluate(promises)), ...(await page.evaluate(unreachable)));
        expectNone(found);
      }),
    );
  }

  for (const [kind, path] of Object.entries(kinds)) {
    test(`what is folded up unfolds: ${kind}`, () =>
      withoutScripts(async (page) => {
        await page.goto(fileUrl(path));
        for (const details of await page.locator("details:not([open])").elementHandles()) {
          if (!(await details.isVisible())) continue;
          const folded = await details.evaluate(({ scrollHeight }) => scrollHeight);
          await (await details.$("summary")).click();
          assert.ok(await details.evaluate(({ scrollHeight }, folded) => scrollHeight > folded, folded));
        }
      }));
  }

  test("the search page leads on", () =>
    open(
      fileUrl("ricerca/index.html"),
      async (page) => {
        const links = page.locator("main a[href$='index.html']");
        assert.ok((await links.count()) > 0);
        await links.first().click();
        assert.ok(await page.locator("main h1").isVisible());
      },
      { javaScriptEnabled: false },
    ));
});

test("with storage forbidden the search still answers", () =>
  open("about:blank", async (page) => {
    await page.addInitScript(() =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      }),
    );
    await page.goto(home);
    assert.ok((await search(page, queries[0].query)).length > 0);
  }));
