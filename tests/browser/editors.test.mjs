// What editors of text show: the language server for YAML that Visual Studio Code and others use finds a
// mistake in the front matter of a page by the JSON Schema that vasta writes, and completes choices.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import rpc from "vscode-jsonrpc/node.js";
import { vasta } from "./site.mjs";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "vasta-editors-"));
const schemas = join(folder, "vasta");
const told = new Map();
let server;
let connection;

/** The front matter of a page of the knowledge base. */
const frontMatter = (path) => readFileSync(join(root, "content", path), "utf8").split(/^---$/m)[1].trimStart();

/** What the server finds in front matter of a type: the lines, counted from 0, and what is wrong. */
async function diagnostics(type, name, text) {
  const uri = pathToFileURL(join(folder, name, `${type}.yaml`)).href;
  const answer = new Promise((found) => told.set(uri, found));
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 1, text },
  });
  const found = await answer;
  return found.map(({ range, message }) => [range.start.line, message]);
}

/** The settings with which the server reads a file of each type by its schema. */
const settings = () => ({
  validate: true,
  completion: true,
  schemaStore: { enable: false },
  schemas: Object.fromEntries(
    readdirSync(schemas).map((file) => [
      pathToFileURL(join(schemas, file)).href,
      [`**/${file.replace(".schema.json", "")}.yaml`],
    ]),
  ),
});

before(async () => {
  vasta("schema", "json", "--site", root, "--to", folder);
  const program = join(import.meta.dirname, "node_modules/yaml-language-server/bin/yaml-language-server");
  server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  connection.onRequest("workspace/configuration", ({ items }) =>
    items.map(({ section }) => (section === "yaml" ? settings() : {})),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    told.get(uri)?.(diagnostics);
  });
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { workspace: { configuration: true } },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings: { yaml: settings() } });
});

after(() => {
  connection?.dispose();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test("pages of the knowledge base are right", async () => {
  for (const [type, page] of [
    ["pratica", "pratiche/treviso"],
    ["modello", "modelli/sua-di-area-vasta"],
    ["provincia", "province/brescia"],
  ]) {
    assert.deepEqual(await diagnostics(type, page, frontMatter(`${page}.md`)), [], page);
  }
});

test("a wrong field, a wrong choice and a wrong date are found at their lines", async () => {
  const text = [
    "title: Prova",
    "verified: 25/11/2026",
    "ambito: sua",
    "provincia: [treviso]",
    "regione: venetto",
    "problema: Uno",
    "evidenza: Due",
    "limiti: Tre",
    "condizioni: Quattro",
    "sindaco: Cinque",
  ].join("\n");
  const found = await diagnostics("pratica", "sbagliata", text);
  assert.deepEqual([...new Set(found.map(([line]) => line))].sort(), [1, 4, 9], JSON.stringify(found));
});

test("a page without what its type needs is incomplete", async () => {
  const found = await diagnostics("pratica", "incompleta", "title: Prova\n");
  assert.match(JSON.stringify(found), /verified/);
});
