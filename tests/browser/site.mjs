// What the browser tests share: where the built site is and which pages it has, a small server for
// it on this machine, the browsers, and vasta itself. It knows nothing about what is tested.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as playwright from "playwright-core";

/** Folder of the built site. */
export const folder = resolve(process.env.VASTA_SITE ?? join(import.meta.dirname, "../../public"));

/** Paths of all files in a folder, sorted, with `/` between folders. */
const filesIn = (root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.split(sep).join("/"))
    .sort();

/** Paths of all files of the site. */
export const files = filesIn(folder);

export const read = (path) => readFileSync(join(folder, path));
export const text = (path) => read(path).toString("utf8");

/** Pages that send the reader elsewhere at once. */
export const redirects = files.filter(
  (path) => path.endsWith(".html") && /<meta http-equiv="?refresh/i.test(text(path)),
);

/** Pages that a reader reads. */
export const pages = files.filter((path) => path.endsWith(".html") && !redirects.includes(path));

// Pages of one section and one depth have one layout; the first of them stands for all.
const layout = (section, depth) => `${section} ${depth}`;
const firsts = new Map();
for (const path of pages) {
  const parts = path.split("/");
  const key = layout(parts[0], parts.length);
  if (!firsts.has(key)) firsts.set(key, path);
}
const sample = (section, depth) => firsts.get(layout(section, depth));

/** One page of every layout: those at the top, the page of each section, and of the pages inside it the first of every depth. */
export const samples = [...firsts.values()];

/** One page of each kind that readers tell apart. */
export const kinds = {
  home: "index.html",
  area: "ambiti/sua/index.html",
  section: "pratiche/index.html",
  model: "modelli/sua-di-area-vasta/index.html",
  practice: "pratiche/treviso/index.html",
  phase: sample("procedure", 4),
  guide: sample("guide", 3),
  document: sample("documenti", 3),
  province: "province/treviso/index.html",
  comparison: sample("confronti", 4),
  data: "dati/province/index.html",
  indicator: sample("indicatori", 3),
  plan: sample("piani", 3),
  training: sample("formazione", 4),
  event: sample("eventi", 3),
  act: sample("norme", 3),
  term: sample("glossario", 3),
  questions: "domande-frequenti/index.html",
  topic: sample("argomenti", 3),
  list: sample("ricerca", 3),
  search: "ricerca/index.html",
};
/** The address of a page of the site opened from the disk. */
export const fileUrl = (path) => pathToFileURL(join(folder, path)).href;

const contentTypes = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

// What is compressed already is sent as it is.
const isPacked = (file) => [".png", ".woff2"].includes(extname(file));

/**
 * Serves the site, or another folder, on a free port of this machine, compressed as real servers do, until `close` is called;
 * `served` hears of every file.
 */
export async function serve({ root = folder, port = 0, served = () => {} } = {}) {
  const known = new Set(filesIn(root));
  const readFrom = (file) => readFileSync(join(root, file));
  const packed = new Map();
  const pack = (file) => {
    if (!packed.has(file)) packed.set(file, gzipSync(readFrom(file)));
    return packed.get(file);
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1);
    const file = [path, join(path, "index.html")].find((candidate) => known.has(candidate));
    served(file);
    const sent = file ?? "404.html";
    const packs = !isPacked(sent) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    response.writeHead(file ? 200 : 404, {
      "content-type": contentTypes[extname(sent)] ?? "application/octet-stream",
      ...(packs && { "content-encoding": "gzip", vary: "accept-encoding" }),
    });
    response.end(packs ? pack(sent) : readFrom(sent));
  });
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** A port of this machine that nobody listens to. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Chromium, the one in VASTA_CHROMIUM or the first on the search path, and how it is started. */
export const chromium = (...more) => ({
  executablePath:
    process.env.VASTA_CHROMIUM ??
    program("Chromium", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...more,
  ],
});

/** Where Firefox is: the one in VASTA_FIREFOX, or the first on the search path. */
export const firefox = () => process.env.VASTA_FIREFOX ?? program("Firefox", ["firefox-esr", "firefox"]);

/** Starts Chromium. */
export const launch = (...more) => playwright.chromium.launch(chromium(...more));

/** The first program with one of these names on the search path. */
function program(browser, names) {
  const found = process.env.PATH.split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find(isExecutable);
  if (!found) throw new Error(`${browser} is neither in VASTA_${browser.toUpperCase()} nor on the search path`);
  return found;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs the program in VASTA_PROGRAM, or else the release build, and gives what it printed. */
export function vasta(...parameters) {
  const program = process.env.VASTA_PROGRAM ?? join(import.meta.dirname, "../../target/release/vasta");
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: "utf8" });
  assert.equal(status, 0, error?.message ?? stderr);
  return stdout;
}

/** Where tabs do not wait for each other: each has a context, and so a process, of its own. */
export const apart = (browser, options = {}) => ({
  newPage: async () => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(5000);
    return context.newPage();
  },
});

/**
 * Lends the tabs of a context to one test after the other: the process of a tab that has shown a page of the site has its scripts
 * compiled already. `prepare` is called with each new tab. What a test sets up in a tab, it takes back.
 */
export function tabs(context, prepare = () => {}) {
  const idle = [];
  const opened = async () => {
    const page = await context.newPage();
    await prepare(page);
    return page;
  };
  return async (use) => {
    const page = idle.pop() ?? (await opened());
    try {
      await use(page);
      page.removeAllListeners();
      idle.push(page);
    } catch (error) {
      await page.close();
      throw error;
    }
  };
}

/** Fails with what was found, one finding a line, unless it is nothing. */
export function expectNone(found) {
  if (found.length) assert.fail(["", ...found].join("\n"));
}

/** Everything that goes wrong in a page while it is open: errors, refused requests, breaches of the content policy. */
export function troubles(page) {
  const found = [];
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Who leaves a page breaks off what it was still loading.
    if (reason !== "net::ERR_ABORTED") found.push(`failed: ${request.url()} ${reason}`);
  });
  page.on(
    "response",
    (response) => response.status() >= 400 && found.push(`${response.status()}: ${response.url()}`),
  );
  return found;
}
