// Takes pictures of the site, for people to look at: node pictures.mjs FOLDER [PAGE...]
// Each page, or without pages one of each kind, narrow, in between and wide, in light and in dark colours; `index.html` in the
// folder shows them side by side.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kinds, launch, serve } from "./site.mjs";

const [target, ...chosen] = process.argv.slice(2);
if (!target) {
  console.error("usage: node pictures.mjs FOLDER [PAGE...]");
  process.exit(2);
}

const usual = { ...kinds, answers: `${kinds.search}?q=convenzione`, "wrong address": "404.html" };
const wanted = chosen.length ? Object.fromEntries(chosen.map((path) => [nameOf(path), path])) : usual;
const looks = [320, 768, 1280].flatMap((width) =>
  ["light", "dark"].map((colorScheme) => ({ width, colorScheme })),
);

mkdirSync(target, { recursive: true });
const { url, close } = await serve();
const browser = await launch();
const rows = [];
for (const [name, path] of Object.entries(wanted)) {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  await page.goto(url + path, { waitUntil: "networkidle" });
  const pictures = [];
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const file = `${name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
    await page.screenshot({ path: join(target, file), fullPage: true });
    pictures.push({ file, width, colorScheme });
  }
  await page.close();
  rows.push({ name, path, pictures });
}
writeFileSync(join(target, "index.html"), contactSheet(rows));
await browser.close();
close();
console.log(`${rows.length * looks.length} pictures in ${join(target, "index.html")}`);

/** A name for the pictures of a page. */
function nameOf(path) {
  const name = path
    .replace("?q=", "/")
    .replace(/\/?(index)?\.html/, "")
    .replaceAll("/", "-");
  return name || "home";
}

/** A page with a row of pictures for each page, the widths as they are to each other. */
function contactSheet(rows) {
  const picture = ({ file, width, colorScheme }) =>
    `<a href="${file}"><img src="${file}" style="width: ${width / 5}px" alt="${width}, ${colorScheme}" loading="lazy"></a>`;
  const row = ({ name, path, pictures }) =>
    `<h2>${name}</h2>\n<p>${path}</p>\n<div>\n${pictures.map(picture).join("\n")}\n</div>\n`;
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Screenshots</title>
<style>
  body { margin: 1rem; background: #ddd; font: 1rem sans-serif }
  h2, p { margin: 1rem 0 0 }
  p { margin: 0 0 0.5rem }
  div { display: flex; gap: 0.5rem; align-items: flex-start; max-height: 40rem; overflow: auto }
</style>
${rows.map(row).join("")}</html>
`;
}
