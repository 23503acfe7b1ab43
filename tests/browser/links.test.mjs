// What pages point to is there: files, anchors, pictures, scripts and what style sheets name. All of it is relative and
// names a file, so that the site works from a folder as it does from a server; nothing but a link leads elsewhere.

import assert from "node:assert/strict";
import { posix } from "node:path";
import { before, describe, test } from "node:test";
import { expectNone, files, launch, pages, redirects, text } from "./site.mjs";

const all = [...pages, ...redirects];
const outlines = new Map();

// The browser reads the HTML without opening it: what counts is what a browser understands.
before(async () => {
  const browser = await launch();
  const page = await browser.newPage();
  for (const path of all) outlines.set(path, await page.evaluate(outline, text(path)));
  await browser.close();
});

function outline(html) {
  const document = new DOMParser().parseFromString(html, "text/html");
  const values = (selector, attribute) =>
    [...document.querySelectorAll(selector)].map((element) => element.getAttribute(attribute));
  const sets = (values) =>
    values.flatMap((set) => set.split(",").map((candidate) => candidate.trim().split(/\s+/)[0]));
  return {
    ids: values("[id]", "id"),
    links: [
      ...values("a[href], area[href]", "href"),
      ...values("form[action]", "action"),
      ...values("meta[http-equiv=refresh i]", "content").map((content) => content.replace(/^.*?url=/i, "")),
    ],
    resources: [
      ...values("[src]", "src"),
      ...values("[poster]", "poster"),
      ...values("object[data]", "data"),
      ...sets(values("[srcset]", "srcset")),
      ...values("link[href]:not([rel=canonical], [rel=license])", "href"),
      ...values("svg [href]:not(a)", "href"),
    ],
  };
}

const isElsewhere = (address) => /^(https?|mailto|tel):/.test(address);
const isInline = (address) => address.startsWith("data:");

/** The file and the anchor that a relative address on a page means. */
function resolve(page, address) {
  const [path, fragment = ""] = address.replace(/\?[^#]*/, "").split("#");
  return {
    file: path === "" ? page : posix.join(posix.dirname(page), decodeURIComponent(path)),
    // What follows `:~:` is for the browser.
    anchor: decodeURIComponent(fragment.split(":~:")[0]),
  };
}

/** Why an address on a page is wrong, or nothing when it is right. */
function fault(page, address) {
  if (/^[a-z]+:/i.test(address)) return "leads elsewhere, or nowhere";
  if (address.startsWith("/")) return "is absolute";
  const { file, anchor } = resolve(page, address);
  if (file.endsWith("/") || files.includes(posix.join(file, "index.html")))
    return "is a folder: name its index.html";
  if (!files.includes(file)) return "does not exist";
  if (anchor && outlines.has(file) && !outlines.get(file).ids.includes(anchor)) return "has no such anchor";
}

const faults = (page, addresses) =>
  [...new Set(addresses)].flatMap((address) => {
    const reason = fault(page, address);
    return reason ? [`${address} ${reason}`] : [];
  });

describe("what a page names is there", () => {
  for (const path of all) {
    test(path, () => {
      const { ids, links, resources } = outlines.get(path);
      expectNone([
        ...faults(
          path,
          links.filter((address) => !isElsewhere(address)),
        ),
        ...faults(
          path,
          resources.filter((address) => !isInline(address)),
        ),
        ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `#${id} is there twice`),
      ]);
    });
  }
});

describe("what a style sheet names is there", () => {
  for (const path of files.filter((file) => file.endsWith(".css"))) {
    test(path, () => {
      const named = [...text(path).matchAll(/url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)/g)];
      expectNone(
        faults(
          path,
          named.map(([, address, sheet]) => address ?? sheet).filter((address) => !isInline(address)),
        ),
      );
    });
  }
});

/** The pages that a page links to. */
const next = (path) =>
  (outlines.get(path)?.links ?? [])
    .filter((address) => !isElsewhere(address))
    .map((address) => resolve(path, address).file);

test("every page can be reached from the home page", () => {
  const reached = new Set(["index.html"]);
  for (const path of reached) next(path).forEach((other) => reached.add(other));
  assert.deepEqual(
    pages.filter((path) => !reached.has(path) && path !== "404.html"),
    [],
  );
});

// The outlines come from a parser that runs no script, so this is the way of readers whose browser runs none.
test("without JavaScript, every page is at most three links away from the search page", () => {
  const reached = new Set(["ricerca/index.html"]);
  for (let links = 0; links < 3; links++) [...reached].flatMap(next).forEach((path) => reached.add(path));
  assert.deepEqual(
    pages.filter((path) => !reached.has(path) && path !== "404.html"),
    [],
  );
});
