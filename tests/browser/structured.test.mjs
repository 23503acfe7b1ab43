// What pages tell machines is JSON-LD that can be read: each page says what it is, pages of one folder say what they are about
// in the same terms, and no address is half an address. Calendars are read by the line, as calendar programs do.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectNone, files, pages, text } from "./site.mjs";

/** The types of the page itself. */
const PAGES = ["WebSite", "WebPage", "CollectionPage", "SearchResultsPage", "FAQPage"];

/** What the pages inside a folder are about, and what they cannot be about without. */
const ABOUT = {
  ambiti: { types: ["GovernmentService"], required: ["name", "description", "alternateName"] },
  documenti: { types: ["DigitalDocument"], required: ["name", "abstract", "genre"] },
  eventi: { types: ["Event", "Article"], required: ["name", "description"] },
  fonti: { types: ["CreativeWork"], required: ["name", "identifier", "publisher"] },
  "formazione/moduli": { types: ["LearningResource"], required: ["name", "teaches", "timeRequired"] },
  formazione: { types: ["Course"], required: ["name", "description", "audience"] },
  glossario: { types: ["DefinedTerm"], required: ["name", "description", "inDefinedTermSet"] },
  guide: { types: ["Article"], required: ["headline", "abstract", "audience"] },
  indicatori: { types: ["Dataset"], required: ["name", "description", "measurementTechnique"] },
  modelli: { types: ["GovernmentService"], required: ["name", "serviceType", "audience"] },
  norme: { types: ["Legislation"], required: ["name", "legislationIdentifier", "sameAs"] },
  piani: { types: ["Report"], required: ["headline", "genre", "spatialCoverage"] },
  pratiche: { types: ["Article"], required: ["headline", "about", "spatialCoverage"] },
  procedure: { types: ["HowTo", "HowToStep"], required: ["name", "description"] },
  "progetto/attivita": { types: ["Project"], required: ["name", "identifier"] },
  "progetto/documenti": { types: ["Report"], required: ["headline", "author"] },
  province: { types: ["AdministrativeArea"], required: ["name", "identifier", "containedInPlace"] },
};

/** What things of a type always have, wherever they are named. */
const REQUIRED = {
  Answer: ["text"],
  Audience: ["audienceType"],
  BreadcrumbList: ["itemListElement"],
  DataDownload: ["encodingFormat"],
  HowToDirection: ["text"],
  ListItem: ["name", "position"],
  Place: ["name"],
  Question: ["name", "acceptedAnswer"],
};

const graph = (path) => {
  const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text(path)) ?? [];
  assert.ok(data, `${path} has no structured data`);
  const { "@context": context, "@graph": nodes } = JSON.parse(data);
  assert.equal(context, "https://schema.org");
  return nodes;
};

const typeOf = (thing) => [thing["@type"]].flat()[0];
const isAbout = (node) => !PAGES.includes(typeOf(node)) && typeOf(node) !== "BreadcrumbList";

/** All things in a value, itself among them. */
function* things(value) {
  if (Array.isArray(value)) for (const item of value) yield* things(item);
  else if (value && typeof value === "object") {
    yield value;
    for (const item of Object.values(value)) yield* things(item);
  }
}

/** The row of the table for a page inside a folder, of the deepest folder that has one. */
function expected(path) {
  const folder = Object.keys(ABOUT)
    .filter((folder) => path.startsWith(`${folder}/`) && path !== `${folder}/index.html`)
    .sort((one, other) => other.length - one.length)[0];
  return folder && ABOUT[folder];
}

describe("structured data", () => {
  const graphs = new Map(pages.map((path) => [path, graph(path)]));

  test("a page is one page, and about one thing at most", () => {
    const wrong = [...graphs].filter(([, nodes]) => {
      const count = (is) => nodes.filter(is).length;
      return count((node) => PAGES.includes(typeOf(node))) !== 1 || count(isAbout) > 1;
    });
    expectNone(wrong.map(([path, nodes]) => `${path}: ${nodes.map(typeOf)}`));
  });

  test("everything has a type and what things of the type must have", () => {
    const found = [...graphs].flatMap(([path, nodes]) =>
      [...things(nodes)].flatMap((thing) => {
        if (!thing["@type"]) return [`${path}: something without a type`];
        const missing = (REQUIRED[typeOf(thing)] ?? []).filter((name) => !thing[name]);
        return missing.map((name) => `${path}: ${typeOf(thing)} without ${name}`);
      }),
    );
    expectNone(found);
  });

  test("no value is empty, and every address is a whole one", () => {
    const found = [...graphs].flatMap(([path, nodes]) =>
      [...things(nodes)].flatMap((thing) =>
        Object.entries(thing)
          .filter(([name, value]) => {
            const isAddress = ["url", "item", "contentUrl", "sameAs", "license"].includes(name);
            const isEmpty = value === "" || value === null || value?.length === 0;
            return isEmpty || (isAddress && ![value].flat().every((address) => /^https?:\/\//.test(address)));
          })
          .map(([name, value]) => `${path}: ${name} is ${JSON.stringify(value)}`),
      ),
    );
    expectNone(found);
  });

  test("the pages of a folder say what they are about", () => {
    const found = [...graphs].flatMap(([path, nodes]) => {
      const row = expected(path);
      if (!row) return [];
      const about = nodes.find(isAbout);
      // A section inside a folder may be about nothing of its own.
      if (!about) return nodes.some((node) => typeOf(node) === "CollectionPage") ? [] : [`${path}: about nothing`];
      if (!row.types.includes(typeOf(about))) return [`${path}: about ${typeOf(about)}`];
      return row.required.filter((name) => !about[name]).map((name) => `${path}: no ${name}`);
    });
    expectNone(found);
  });

  test("the glossary is a set of terms, and questions have answers", () => {
    const types = (path) => graphs.get(path).map(typeOf);
    assert.ok(types("glossario/index.html").includes("DefinedTermSet"));
    const [faq] = graphs.get("domande-frequenti/index.html");
    assert.equal(faq["@type"], "FAQPage");
    assert.ok(faq.mainEntity.length > 5);
  });
});

describe("calendars", () => {
  const calendars = files.filter((path) => path.endsWith(".ics"));

  test("each event whose day is known has one, and the section has all of them", () => {
    const days = /DTSTART;VALUE=DATE:\d{8}\r\n/g;
    const alone = calendars.filter((path) => path.endsWith("/evento.ics"));
    assert.ok(alone.length > 0);
    for (const path of alone) assert.equal(text(path).match(days)?.length, 1, path);
    assert.equal(text("eventi/calendario.ics").match(days)?.length, alone.length);
  });

  test("lines are short and end as the standard says", () => {
    for (const path of calendars) {
      const lines = text(path).split("\r\n");
      assert.equal(lines.pop(), "", path);
      assert.deepEqual([lines[0], lines.at(-1)], ["BEGIN:VCALENDAR", "END:VCALENDAR"], path);
      for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75 && !line.includes("\n"), `${path}: ${line}`);
    }
  });

  test("the pages lead to them", () => {
    for (const path of calendars) {
      const page = path.replace(/[^/]+$/, "index.html");
      assert.match(text(page), new RegExp(`href="[./]*${path}" download`), path);
    }
  });
});
