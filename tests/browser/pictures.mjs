// Takes pictures of the site, for people to look at: node pictures.mjs FOLDER [PAGE...]
// Without pages: home, a section, a page of each kind with its own look, search results, the page for wrong addresses.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, pages, serve } from "./site.mjs";

const [target, ...chosen] = process.argv.slice(2);
if (!target) {
  console.error("usage: node pictures.mjs FOLDER [PAGE...]");
  process.exit(2);
}
mkdirSync(target, { recursive: true });

const first = (pattern) => pages.find((path) => pattern.test(path));
const usual = [
  "index.html",
  "ambiti/index.html",
  "ambiti/sua/index.html",
  first(/^modelli\/[^/]+\/index/),
  first(/^pratiche\/[^/]+\/index/),
  first(/^glossario\//),
  "ricerca/index.html?q=convenzione",
  "404.html",
];
const wanted = chosen.length ? chosen : usual.filter((path) => path && pages.includes(path.split("?")[0]));

const { url, close } = await serve();
const browser = await launch();
for (const path of wanted) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      await page.goto(url + path, { waitUntil: "networkidle" });
      const name =
        path
          .replace("?q=", "/")
          .replace(/\/?(index)?\.html/, "")
          .replaceAll("/", "-") || "home";
      await page.screenshot({ path: join(target, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
}
await browser.close();
close();
