// Forms in the browser: the configuration that vasta writes opens in Decap CMS, with its own server for a
// repository on this machine. Who changes a field by its form changes one line of one page, vasta finds the
// page right and shows the change. Nothing is asked of any other machine.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { parse } from "yaml";
import { freePort, launch, serve, troubles, vasta } from "./site.mjs";

const root = resolve(import.meta.dirname, "../..");
const modules = join(import.meta.dirname, "node_modules");
const folder = mkdtempSync(join(tmpdir(), "vasta-cms-"));
const hosted = join(folder, "public");

let decap;
let site;
let browser;
let page;
const elsewhere = [];
let wrong;

const git = (...parameters) => execFileSync("git", ["-C", folder, ...parameters], { encoding: "utf8" });

/** The front matter and the text of a page. */
function parts(text) {
  const [, frontMatter, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text);
  return { fields: parse(frontMatter), body };
}

/** The last state of a file in the repository. */
const saved = (path) => parts(git("show", `HEAD:${path}`));

/** Starts the server through which Decap CMS reads and saves; it commits what is saved. */
async function startDecap(port) {
  const program = join(modules, "decap-server/dist/index.js");
  const env = { ...process.env, PORT: port, BIND_HOST: "127.0.0.1", MODE: "git", GIT_REPO_DIRECTORY: folder };
  const server = spawn(process.execPath, [program], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((listening) => server.stdout.on("data", (line) => /listening/.test(line) && listening()));
  return server;
}

before(async () => {
  for (const part of ["vasta.yaml", "content", "themes", "editions"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, ".gitignore"), "public/\n");
  git("init", "--quiet", "--initial-branch", "main");
  git("config", "user.name", "Redazione");
  git("config", "user.email", "redazione@example.org");
  git("add", ".");
  git("commit", "--quiet", "--message", "Prima");
  const port = await freePort();
  const script = join(modules, "decap-cms/dist/decap-cms.js");
  const server = `http://127.0.0.1:${port}`;
  vasta("schema", "cms", "--site", folder, "--to", hosted, "--script", script, "--server", server);
  decap = await startDecap(port);
  site = await serve({ root: hosted });
  browser = await launch();
  const context = await browser.newContext({ locale: "it-IT" });
  await context.route("**", (route) => {
    const address = new URL(route.request().url());
    if (["127.0.0.1", ""].includes(address.hostname)) return route.continue();
    elsewhere.push(address.href);
    return route.abort();
  });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
  wrong = troubles(page);
  await page.goto(`${site.url}admin/`);
  await page.getByRole("button", { name: "Accedi" }).click();
  await page.getByRole("heading", { name: "Raccolte" }).waitFor();
});

after(async () => {
  await browser?.close();
  site?.close();
  decap?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a form; where it leads to is a part of the address that only the system itself reads. */
const open = (place) => page.evaluate((hash) => void (location.hash = hash), `#/collections/${place}`);

/** Saves what the form says, and waits for the system to have done so. */
async function publish() {
  await page.getByRole("button", { name: "Pubblica", exact: true }).click();
  await page.getByRole("menuitem", { name: "Pubblica ora" }).click();
  await page.getByRole("button", { name: "Pubblicato" }).waitFor();
}

/** What vasta serves as a page of the site in its present state. */
async function served(path) {
  const port = await freePort();
  const program = process.env.VASTA_PROGRAM ?? join(root, "target/release/vasta");
  const server = spawn(program, ["serve", "--site", folder, "--port", port], { stdio: ["ignore", "pipe", "pipe"] });
  try {
    await new Promise((ready) => [server.stdout, server.stderr].forEach((stream) => stream.once("data", ready)));
    const answer = await fetch(`http://127.0.0.1:${port}/${path}`);
    return await answer.text();
  } finally {
    server.kill();
  }
}

for (const [place, label, field, value, address] of [
  ["pratiche/treviso", "Dimensione", "scala", "91 Comuni: il dato è del febbraio 2024", "pratica/entries/treviso"],
  // The source of this page is an address with a title.
  ["glossario/sezione-operativa", "Sigla", "sigla", "SEOP", "termine/entries/sezione-operativa"],
])
  test(`who changes a field of ${place} changes that field and nothing else`, async () => {
    const path = `content/${place}.md`;
    const before = saved(path);
    await open(address);
    await page.getByLabel(label).fill(value);
    await publish();
    assert.equal(git("status", "--porcelain"), "");
    assert.equal(git("diff", "--name-only", "HEAD~1"), `${path}\n`);
    assert.deepEqual(saved(path), { ...before, fields: { ...before.fields, [field]: value } });
    vasta("check", "--site", folder);
    assert.ok((await served(`${place}/`)).includes(value));
    await open(address.split("/")[0]);
    await page.getByLabel(label).waitFor({ state: "detached" });
  });

test("a page made by its form is right at once", async () => {
  await open("termine");
  // By its address: what this link tells assistive technology is not what it shows.
  await page.locator("a[href=\"#/collections/termine/new\"]").click();
  await page.getByRole("textbox", { name: "Titolo", exact: true }).fill("Voce di prova è qui");
  await page.getByLabel("Sigla").fill("VPQ");
  await page.getByLabel("Verificata").fill("2026-11");
  await page.getByRole("textbox").last().click();
  await page.keyboard.type("Una voce che mostra come nasce una pagina.");
  await publish();
  assert.deepEqual(saved("content/glossario/voce-di-prova-e-qui.md"), {
    fields: { title: "Voce di prova è qui", verified: "2026-11", sigla: "VPQ" },
    body: "Una voce che mostra come nasce una pagina.\n",
  });
  vasta("check", "--site", folder);
  assert.match(await served("glossario/voce-di-prova-e-qui/"), /Una voce che mostra come nasce una pagina/);
});

test("nothing goes wrong in the browser, and nothing is asked of another machine", () => {
  assert.deepEqual([...wrong, ...elsewhere], []);
});
