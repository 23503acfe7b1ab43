// Copies that are handed over: makes one with `vasta bundle`, unpacks it as a reader's system does, and opens it from the disk in
// Chromium or in Firefox, each driven the same way. It knows nothing about what is tested.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { launch } from "puppeteer-core";
import { chromium, firefox, vasta } from "./site.mjs";

/** A folder of its own, removed when `remove` is called. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "vasta-copy-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes the bundle of a site, or of one of its editions, and unpacks it into `folder`; gives the paths of its files. */
export function unpackedCopy(folder, ...parameters) {
  const archives = join(folder, "archives");
  const made = vasta("bundle", "--out", archives, ...parameters);
  const [archive, ...others] = made.trim().split("\n");
  assert.deepEqual(others, [], "more than one bundle was made");
  const files = unzipped(readFileSync(archive));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  rmSync(archives, { recursive: true });
  return [...files.keys()].sort();
}

/** The files of an archive, by path: the list at its end says where each begins. */
function unzipped(archive) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files = new Map();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const method = archive.readUInt16LE(at + 10);
    const [packed, nameLength, extra, comment] = [
      archive.readUInt32LE(at + 20),
      ...[28, 30, 32].map((place) => archive.readUInt16LE(at + place)),
    ];
    const head = archive.readUInt32LE(at + 42);
    const start = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28);
    const bytes = archive.subarray(start, start + packed);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    files.set(name, method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** The browsers in which a copy is opened, by name. */
export const browsers = {
  Chromium: () => launch({ ...chromium(), browser: "chrome" }),
  Firefox: () => launch({ executablePath: firefox(), browser: "firefox" }),
};

/** All that goes wrong in a page while it is open, and all that it asks for outside of the disk. */
export function mishaps(page) {
  const found = [];
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) found.push(`asked for: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Who leaves a page breaks off what it was still loading.
    if (reason !== "net::ERR_ABORTED") found.push(`failed: ${request.url()} ${reason}`);
  });
  return found;
}
