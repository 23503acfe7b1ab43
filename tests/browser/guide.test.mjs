// The guide for editors, followed to the letter in a fresh clone: every command is typed, every text is found
// and changed, every answer that the guide shows is given, and the browser shows what its pictures show. With
// `VASTA_PICTURES=1` these pictures are taken again.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./site.mjs";

const root = resolve(import.meta.dirname, "../..");
const guide = join(root, "content/redazione");
const program = resolve(process.env.VASTA_PROGRAM ?? join(root, "target/release/vasta"));
const folder = mkdtempSync(join(tmpdir(), "vasta-guida-"));
const shared = join(folder, "condiviso.git");
/** The longest that a picture of the guide may be, so that the offline copy stays small. */
const N_BYTES = 100_000;

const env = {
  ...process.env,
  PATH: [join(folder, "programmi"), process.env.PATH].join(delimiter),
  HOME: folder,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Redazione",
  GIT_AUTHOR_EMAIL: "redazione@example.org",
  GIT_COMMITTER_NAME: "Redazione",
  GIT_COMMITTER_EMAIL: "redazione@example.org",
  LANG: "it_IT.UTF-8",
};

let browser;
/** Where the person who follows the guide is. */
let here = folder;
/** The program that shows the site, and its address. */
let serving;

before(async () => {
  mkdirSync(join(folder, "programmi"));
  copyFileSync(program, join(folder, "programmi/vasta"));
  const copy = join(folder, "copia");
  for (const part of ["vasta.yaml", "content", "themes", "editions", ".gitignore"])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  const git = (...parameters) => execFileSync("git", parameters, { cwd: copy, env });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", ".");
  git("commit", "--quiet", "--message", "Il sito");
  execFileSync("git", ["clone", "--quiet", "--bare", copy, shared], { env });
  browser = await launch();
});

after(async () => {
  serving?.process.kill();
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a page of the guide tells to do, in order. */
function steps(name) {
  const text = readFileSync(join(guide, name), "utf8").replace(/^---\n.*?\n---\n/s, "");
  const parts = text.matchAll(/^```(\w+)\n(.*?)^```$|^!\[([^\]]*)\]\(([^)]+)\)|[Aa]pri (?:il file )?`(content\/[^`]+)`|(Cancella la riga)/gms);
  return [...parts].map(([, language, block, alt, picture, file, deletion]) => {
    // What the description of a picture cites is to be seen in it.
    if (picture) return { picture, signs: /«(.+?)»/.exec(alt)[1] };
    if (file) return { file };
    if (deletion) return { deletion: true };
    const kind = { sh: "commands", text: "answer" }[language] ?? "words";
    return { [kind]: block.trimEnd() };
  });
}

/** Types one command, and gives its exit code and all that it says. */
async function type(command) {
  const [program, ...parameters] = command.split(" ");
  if (program === "cd") {
    here = join(here, ...parameters);
    return { code: 0, said: "" };
  }
  // The program was built before the tests.
  if (command === "cargo install --locked --path .") return { code: 0, said: "" };
  if (command.startsWith("vasta serve")) {
    await show(parameters.filter((parameter) => parameter !== "--open"));
    return { code: 0, said: "" };
  }
  const typed = command.replace("INDIRIZZO", shared);
  const { status, stdout, stderr } = spawnSync("bash", ["-c", typed], { cwd: here, env, encoding: "utf8" });
  return { code: status, said: stdout + stderr };
}

/** Shows the site, which was perhaps shown in another way before. */
async function show(parameters) {
  serving?.process.kill();
  const server = spawn("vasta", [...parameters, "--port", "0"], { cwd: here, env, stdio: ["ignore", "pipe", "ignore"] });
  const line = await new Promise((ready) => server.stdout.once("data", ready));
  serving = { process: server, address: String(line).trim() };
}

/** The address of the page that a file becomes. */
const address = (file) => serving.address + file.replace(/^content\//, "").replace(/\.md$/, "/");

/** Looks at the page of a file until it shows the text `signs`, and takes the picture if that is wanted. */
async function look(file, signs, picture) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 }, locale: "it-IT" });
  // When the site is built meanwhile, the page comes a second time by itself.
  await page.goto(address(file), { waitUntil: "commit" });
  const shown = page.getByText(signs).first();
  await shown.waitFor({ timeout: 20_000 });
  await shown.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const taken = join(guide, picture);
  if (process.env.VASTA_PICTURES) await page.screenshot({ path: taken, animations: "disabled" });
  await page.close();
  const { size } = statSync(taken);
  assert.ok(size < N_BYTES, `${picture} has ${size} bytes`);
}

/** Follows one page of the guide. */
async function follow(name) {
  let file;
  let found;
  let written;
  let answer = { code: 0, said: "" };
  const settled = (shown) => {
    const { code, said, command } = answer;
    const hasErrors = /^errore/m.test(shown) || command?.includes("--dry-run");
    assert.equal(code, hasErrors ? 1 : 0, `${command}: ${said}`);
    answer = { code: 0, said: "" };
  };
  const change = (before, now) => {
    const path = join(here, file);
    const text = readFileSync(path, "utf8");
    assert.equal(text.split(before).length, 2, `once in ${file}: ${before}`);
    writeFileSync(path, text.replace(before, () => now));
  };
  for (const step of steps(name)) {
    if (step.answer !== undefined) {
      const lines = answer.said.split("\n").map((line) => line.trim());
      for (const line of step.answer.split("\n")) assert.ok(lines.includes(line.trim()), `${line}\nis not in\n${answer.said}`);
      settled(step.answer);
      continue;
    }
    settled("");
    if (step.file) file = step.file;
    if (step.picture) await look(file, step.signs, step.picture);
    if (step.deletion) change(`${found}\n`, "");
    if (step.words !== undefined) {
      const pending = found ?? (readFileSync(join(here, file), "utf8").includes(step.words) ? undefined : written);
      if (pending === undefined) found = step.words;
      else {
        change(pending, step.words);
        [found, written] = [undefined, step.words];
      }
    }
    if (step.deletion) found = undefined;
    for (const command of step.commands?.split("\n") ?? []) {
      settled("");
      answer = { command, ...(await type(command)) };
    }
  }
  settled("");
}

for (const name of ["prima-modifica.md", "pagina-nuova.md", "controllare.md", "pubblicare.md"])
  test(`redazione/${name} can be followed`, { timeout: 120_000 }, () => follow(name));
