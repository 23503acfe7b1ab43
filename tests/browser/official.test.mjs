// What public sites must offer is where the official checks of such sites look for it: links in the footer by their names,
// the licence in its official words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectNone, pages, text } from "./site.mjs";

const LICENCE =
  "In applicazione del principio open by default ai sensi dell’articolo 52 del decreto legislativo 7 marzo 2005, n. 82 (CAD) e salvo " +
  "dove diversamente specificato (compresi i contenuti incorporati di terzi), i dati, i documenti e le informazioni pubblicati sul sito " +
  "sono rilasciati con licenza CC-BY 4.0. Gli utenti sono quindi liberi di condividere (riprodurre, distribuire, comunicare al pubblico, " +
  "esporre in pubblico), rappresentare, eseguire e recitare questo materiale con qualsiasi mezzo e formato e modificare (trasformare il " +
  "materiale e utilizzarlo per opere derivate) per qualsiasi fine, anche commerciale con il solo onere di attribuzione, senza apporre " +
  "restrizioni aggiuntive.";

const footer = (path) => text(path).split("<footer")[1] ?? "";

for (const name of ["accessibility-link", "privacy-policy-link", "legal-notes", "faq"])
  test(`the footer of every page has one link ${name}`, () =>
    expectNone(pages.filter((path) => footer(path).split(`data-element="${name}"`).length !== 2)));

test("the link about accessibility leads to the declaration at AgID, or calls our page by its name", () => {
  const [, href, title] = /href="([^"]*)"[^>]* data-element="accessibility-link"[^>]*>([^<]*)</.exec(
    footer("index.html"),
  );
  const isDeclaration = href.startsWith("https://form.agid.gov.it/");
  assert.equal(title, isDeclaration ? "Dichiarazione di accessibilità" : "Accessibilità");
});

test("the legal notes have the licence in its official words", () => {
  const html = text("note-legali/index.html");
  const named = (name) => {
    const found = new RegExp(`data-element="${name}"[^>]*>(.*?)</(?:h2|p)>`, "s").exec(html);
    return found?.[1].replace(/<[^>]*>/g, "").replaceAll("&#39;", "’");
  };
  assert.equal(named("legal-notes-section"), "Licenza dei contenuti");
  assert.equal(named("legal-notes-body"), LICENCE);
});
