// In the colours that a reader chose for the whole system, nothing that can be seen otherwise disappears: texts, links, buttons and
// fields, the ring of the focus, what charts draw. It is read off a picture of the page, because what a browser makes of the
// colours of a page is not in its styles.

import { after, describe, test } from "node:test";
import { expectNone, kinds, launch, serve, tabs } from "./site.mjs";

const { url, close } = await serve();
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
context.setDefaultTimeout(5000);
const withTab = tabs(context);
// A page of its own reads the pictures: the content policy of the site has no say there.
const reader = await browser.newPage();
after(async () => {
  await browser.close();
  close();
});

// WCAG 1.4.3 and 1.4.11.
const controls = {
  selector: "a[href], button, input:not([type=hidden]), select, summary, label",
  ratio: 4.5,
};
const marks = { selector: "main svg :is(rect, circle, path, line, polygon)", ratio: 3 };
const charts = [
  "indicatori/gare-per-tipo/index.html",
  "progetto/attivita/index.html",
  "progetto/monitoraggio/index.html",
  "province/index.html",
];

describe("with the colours of the system nothing disappears", () => {
  for (const path of new Set([...Object.values(kinds), ...charts])) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${path}, ${colorScheme}`, () =>
        withTab(async (page) => {
          await page.emulateMedia({ colorScheme, forcedColors: "active" });
          await page.goto(url + path);
          const picture = (await page.screenshot({ fullPage: true })).toString("base64");
          const found = [];
          for (const { selector, ratio } of [controls, marks]) {
            const boxes = await page.evaluate(shownBoxes, selector);
            const ratios = await reader.evaluate(contrasts, { picture, boxes });
            found.push(
              ...boxes.filter((_, at) => ratios[at] < ratio).map(({ html }) => `not to be seen: ${html}`),
            );
          }
          expectNone([...found, ...(await ringless(page))]);
        }));
    }
  }
});

/** The links and fields on the first screen whose focus is not to be seen. */
async function ringless(page) {
  const found = [];
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press("Tab");
    const fault = await page.evaluate(() => {
      const styles = [null, "::before", "::after"].map((part) =>
        getComputedStyle(document.activeElement, part),
      );
      // Shadows and colours of the ground are not painted.
      const isRing = ({ outlineStyle, outlineWidth }) =>
        outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      return styles.some(isRing) ? null : `no ring: ${document.activeElement.outerHTML.slice(0, 120)}`;
    });
    if (fault) found.push(fault);
  }
  return found;
}

/** Runs in the page: where the shown elements are, from the beginning of the page, with the line around them. */
function shownBoxes(selector) {
  const isClipped = (element, { left, right, top, bottom }) => {
    // What has to be scrolled to is not in the picture.
    const scrollers = [];
    for (let up = element.parentElement; up; up = up.parentElement)
      if (up.scrollWidth > up.clientWidth || up.scrollHeight > up.clientHeight) scrollers.push(up);
    return scrollers
      .filter((scroller) => scroller.clientWidth && getComputedStyle(scroller).overflow !== "visible")
      .map((scroller) => scroller.getBoundingClientRect())
      .some((room) => left < room.left || right > room.right || top < room.top || bottom > room.bottom);
  };
  return [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => box.width > 1 && box.height > 1 && !isClipped(element, box))
    .map(({ element, box }) => ({
      html: element.outerHTML.slice(0, 120),
      left: Math.max(0, box.left + scrollX - 1),
      top: Math.max(0, box.top + scrollY - 1),
      width: box.width + 2,
      height: box.height + 2,
    }));
}

/** Runs in the reader: the contrast between the lightest and the darkest pixel of each box of a picture. */
async function contrasts({ picture, boxes }) {
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {
    willReadFrequently: true,
  });
  drawing.drawImage(bitmap, 0, 0);
  const linear = (channel) => (channel <= 10 ? channel / 3294 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (data, at) =>
    0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);
  return boxes.map(({ left, top, width, height }) => {
    const { data } = drawing.getImageData(left, top, Math.ceil(width), Math.ceil(height));
    let [darkest, lightest] = [1, 0];
    for (let at = 0; at < data.length; at += 4) {
      const value = luminance(data, at);
      // Outside the picture there is nothing.
      if (data[at + 3] === 0) continue;
      darkest = Math.min(darkest, value);
      lightest = Math.max(lightest, value);
    }
    return (lightest + 0.05) / (darkest + 0.05);
  });
}
