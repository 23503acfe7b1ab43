// The figures of the site: lists every entry of the collection of indicators, or a sample of them, and finds numbers in the text of a
// practice that no entry holds.
//
//     node figures.mjs                    all entries of the built site, one a line
//     node figures.mjs --sample 20 --seed 7   so many taken at random, the same ones for the same seed

import { pathToFileURL } from "node:url";
import { text } from "./site.mjs";

/** The rows of the collection of indicators. */
export const entries = () => JSON.parse(text("dati/indicatori/indicatori.json"));

/** One entry as a line: page, subject, year, value, unit, scope, source. */
export function line(entry) {
  const whole = entry.totale == null ? "" : ` su ${entry.totale}`;
  const about = entry.precisione ? `${entry.precisione} ` : "";
  return [
    entry.indicatore.titolo,
    entry.soggetto,
    entry.anno,
    `${about}${entry.valore}${whole} ${entry.unita}`,
    entry.perimetro,
    entry.fonte?.titolo,
  ].join(" · ");
}

/** `count` of `items`, the same ones for the same `seed`. */
export function sample(items, count, seed) {
  let state = seed >>> 0;
  const random = () => {
    // A linear congruential generator is random enough to pick lines.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, key: random() }))
    .sort((left, right) => left.key - right.key)
    .slice(0, count)
    .map(({ item }) => item);
}

const months =
  "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre";

// What has digits and is no figure: days, years, acts, laws, codes, places in a list.
const others = [
  new RegExp(String.raw`\b\d{1,2}[º°]?\s+(${months})(\s+\d{4})?`, "giu"),
  /\b\d+\/(19|20)?\d\d\b/gu,
  /\b(19|20)\d\d(\s*[-–/]\s*((19|20)?\d\d))?\b/gu,
  /\b\d{1,2}\/\d{1,2}\/\d{4}\b/gu,
  /\b(art\.|artt\.|articol[oi]|comm[ai]|lettera|legge|decreto|delibera|deliberazione|DCP|DL|D\.L\.|d\.lgs\.|DPCM|numero|n\.|ISO|passo|fase)\s*(n\.\s*)?\d+([\s,e-]+\d+)*/giu,
  /\b(A|AT|L|SF|S)\d+\b/gu,
  /^\s*\d+\.\s/gmu,
];

/** The numbers in the Markdown of a page, its sources, blocks and addresses not among them. */
export function numbers(markdown) {
  let prose = markdown
    .replace(/^(updated|verified|date|order|synonyms|argomenti|aliases|modello|provincia|sito|dal|atto):.*$/gmu, "")
    .replace(/^\[\^[^\]]+\]:.*$/gmu, "")
    .replace(/\[\^[^\]]+\]/gu, "")
    .replace(/^```[\s\S]*?^```/gmu, "")
    .replace(/\]\([^)]*\)/gu, "]");
  for (const other of others) prose = prose.replace(other, " ");
  return (prose.match(/\d+(?:[.,]\d+)*/gu) ?? []).map((written) => {
    const plain = written.replace(/\.(?=\d{3}\b)/gu, "").replace(",", ".");
    return { written, value: Number(plain), digits: (plain.split(".")[1] ?? "").length };
  });
}

/** Whether an entry holds the number, as it stands or in millions. */
export function isHeld({ value, digits }, all) {
  const held = all.flatMap((entry) => [entry.valore, entry.totale].filter((number) => number != null));
  return held.some((number) => number === value || Number((number / 1e6).toFixed(digits)) === value);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const option = (name) => {
    const place = process.argv.indexOf(name);
    return place < 0 ? undefined : Number(process.argv[place + 1]);
  };
  const all = entries();
  const chosen = option("--sample") ? sample(all, option("--sample"), option("--seed") ?? 1) : all;
  for (const entry of chosen) console.log(line(entry));
}
