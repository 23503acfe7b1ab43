/**
 * How a program uses `ricerca/elasticlunr.json`, which `search: { elasticlunr: true }` in vasta.yaml adds to a
 * site: the standard index of elasticlunr 0.9.5, for those who already search with that library.
 *
 * - References are whole numbers. The store has for each of them `url` (from the site root), `title` and `summary`.
 * - The fields are `title`, `synonyms`, `headings`, `summary` and `body`.
 * - The pipeline is ours. `Index.load` wants its two functions under their names, and the question must be cut
 *   into words as the pages were: folded, without elided articles, references whole and in parts. The tokeniser
 *   is `vastaRicerca.words` of the site's `tema/ricerca.js`; what it needs to know, and the stem of each word
 *   that occurs, is in the file under `vasta`.
 *
 * The order of the pages is then that of elasticlunr, which knows no typing errors, no groups of like words and
 * no nearness. It takes `sua` for the stop word where `SUA` is the acronym, and completes a word that is still
 * being typed only up to its stem: `europrogett` finds what `qualificaz`, longer than its stem, does not.
 */

/**
 * Gives the search function of an index: elasticlunr, the tokeniser, and the parsed file.
 *
 *     const search = open(elasticlunr, vastaRicerca.words, await (await fetch("ricerca/elasticlunr.json")).json());
 *     search("comuni aderenti")[0]   // { url, title, summary, score }
 */
export function open(elasticlunr, words, data) {
  const { elisions, stems, stop } = data.vasta;
  const set = (list) => new Set(list.split(" "));
  const language = { stop: set(stop), elisions: set(elisions) };
  const stemOf = new Map();
  for (const [stem, endings] of Object.entries(stems)) {
    for (const ending of endings.split(" ")) stemOf.set(stem + ending, stem);
  }
  const { Pipeline } = elasticlunr;
  Pipeline.registerFunction((term) => (term.startsWith("_") ? null : term), "stopWordFilter-vasta");
  Pipeline.registerFunction((term) => stemOf.get(term) ?? term, "stemmer-vasta");
  elasticlunr.tokenizer = (text) => words(text, language).flatMap(({ term, parts }) => [term, ...parts]);
  const index = elasticlunr.Index.load(data);
  return (question) =>
    index
      .search(question, { fields, expand: true })
      .map(({ ref, score }) => ({ ...index.documentStore.getDoc(ref), score }));
}

/** How much a word tells in each field. */
const fields = {
  title: { boost: 16 },
  synonyms: { boost: 12 },
  headings: { boost: 6 },
  summary: { boost: 4 },
  body: { boost: 1 },
};
