// The page holds together for readers who enlarge it or its text, space it out, move through it by keyboard, touch it or want
// nothing to move.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { wideElements } from "./in-page.mjs";
import { tour } from "./keyboard.mjs";
import { apart, expectNone, kinds, launch, pages, serve, tabs } from "./site.mjs";

const { url, close } = await serve();
const browser = await launch();
after(async () => {
  await browser.close();
  close();
});

const sessions = new WeakMap();
const withTab = tabs(apart(browser), async (page) =>
  sessions.set(page, await page.context().newCDPSession(page)),
);

/** Opens a page in a window of this width. */
function open(path, width, use) {
  return withTab(async (page) => {
    await page.setViewportSize({ width, height: 640 });
    await page.goto(url + path);
    await use(page);
  });
}

/** Sets the size of text as a reader does in the settings of the browser: 16 pixels unless chosen otherwise. */
const setText = (page, pixels) =>
  sessions.get(page).send("Page.setFontSizes", { fontSizes: { standard: pixels, fixed: pixels * 0.8125 } });

describe(
  "a page needs no sideways scrolling and cuts no text, at 320 pixels, with text of twice the size and spaced out",
  { concurrency: 2 },
  () => {
    for (const path of pages) {
      test(path, () =>
        open(path, 320, async (page) => {
          const found = await page.evaluate(wideElements);
          await page.setViewportSize({ width: 1280, height: 640 });
          await page.evaluate(rememberSizes);
          await setText(page, 32);
          const small = await page.evaluate(notGrown);
          const large = [...(await page.evaluate(wideElements)), ...(await page.evaluate(cutElements))];
          await page.setViewportSize({ width: 640, height: 640 });
          large.push(...(await page.evaluate(wideElements)), ...(await page.evaluate(cutElements)));
          found.push(...[...small, ...large].map((fault) => `text of twice the size: ${fault}`));
          await setText(page, 16);
          await page.setViewportSize({ width: 320, height: 640 });
          await page.evaluate(spaceOut);
          const spaced = await page.evaluate(cutElements);
          expectNone([...found, ...spaced.map((fault) => `spaced out: ${fault}`)]);
        }),
      );
    }
  },
);

/** WCAG 1.4.12. A constructed style sheet, because the content policy refuses a style element. */
function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Keeps the size of every text, except in drawings, which are enlarged with the page, and in titles that fill a window. */
function rememberSizes() {
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const texts = [...document.body.querySelectorAll("*:not(svg *)")]
    .filter((element) => [...element.childNodes].some(isText))
    .map((element) => ({ element, size: parseFloat(getComputedStyle(element).fontSize) }));
  window.sizes = texts.filter(({ size }) => size < 24);
}

/** WCAG 1.4.4: the texts that did not follow. With large text a page is narrow, where all is a little smaller. */
function notGrown() {
  return window.sizes
    .filter(({ element, size }) => parseFloat(getComputedStyle(element).fontSize) < 1.75 * size)
    .map(({ element }) => `stays small: ${element.outerHTML.slice(0, 120)}`);
}

function cutElements() {
  const cuts = (value) => value === "hidden" || value === "clip";
  return [...document.body.querySelectorAll("*")]
    .filter((element) => {
      const style = getComputedStyle(element);
      // What is one pixel large is for screen readers only.
      if (
        element.clientWidth <= 1 ||
        element.clientHeight <= 1 ||
        !element.textContent.trim() ||
        !element.checkVisibility()
      )
        return false;
      return (
        (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
      );
    })
    .map((element) => element.outerHTML.slice(0, 120));
}

const views = [...Object.values(kinds), "404.html"].flatMap((path) =>
  [1280, 320].map((width) => [path, width]),
);

describe("the keyboard goes through the page, and the focus is always seen", { concurrency: 2 }, () => {
  for (const [path, width] of views) {
    test(`${path}, ${width}`, () =>
      open(path, width, async (page) => {
        const stops = await tour(page);
        assert.match(stops[0]?.href ?? "", /^#./, "the first stop is not the skip link");
        expectNone(stops.flatMap((stop) => stop.faults));
      }));
  }
});

test("the skip link leads into the main content", () =>
  open("index.html", 1280, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  }));

describe("what is touched is at least 24 pixels large", { concurrency: 2 }, () => {
  for (const [path, width] of views) {
    test(`${path}, ${width}`, () =>
      open(path, width, async (page) => expectNone(await page.evaluate(smallTargets))));
  }
});

/** WCAG 2.5.8. Links that run with the text are exempt, and so is what is not shown until it has the focus. */
function smallTargets() {
  const controls = "a[href], button, input:not([type=hidden]):not(:disabled), select, textarea, summary";
  return [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== "inline")
    .map((element) => {
      const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
      const size = (from, to) =>
        Math.max(...boxes.map((box) => box[to])) - Math.min(...boxes.map((box) => box[from]));
      return {
        element,
        width: size("left", "right"),
        height: size("top", "bottom"),
        right: boxes[0].right,
        bottom: boxes[0].bottom,
      };
    })
    .filter(
      ({ width, height, right, bottom }) =>
        width > 1 && height > 1 && right > 0 && bottom > 0 && (width < 23.5 || height < 23.5),
    )
    .map(
      ({ element, width, height }) =>
        `${Math.round(width)}×${Math.round(height)} ${element.outerHTML.slice(0, 120)}`,
    );
}

test("nothing moves for readers who want nothing to move", () =>
  open("index.html", 1280, async (page) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    expectNone(await page.evaluate(movingElements));
  }));

function movingElements() {
  const lasts = (durations) => durations.split(",").some((duration) => parseFloat(duration) > 0.01);
  const moves = ({ transitionDuration, animationName, animationDuration, scrollBehavior }) =>
    lasts(transitionDuration) ||
    (animationName !== "none" && lasts(animationDuration)) ||
    scrollBehavior === "smooth";
  const moving = [...document.querySelectorAll("*")].filter((element) => moves(getComputedStyle(element)));
  return moving.map((element) => element.outerHTML.slice(0, 120));
}
