// @ts-check
/**
 * The search of the site, in the browser. One classic script without dependencies that works
 * over https and from file:// alike: the index files are classic scripts too, which register
 * their data by calling `vastaRicerca(name, data)`.
 *
 * The first half, the engine, follows src/search/ step by step with the same integers, so that
 * `vasta search` and the browser rank alike; tests/search/parity.mjs compares the two.
 * The second half works on the page. It reads this markup and does nothing where it is missing:
 *
 *   <template id="casa_ricerca" data-src="tema/ricerca.js" data-root="../" data-t-results="{n} risultati per «{q}»" …>
 *   <form role="search" data-ricerca …><input name="q" aria-controls …><ul id><p role="status">
 *   <div data-ricerca-pagina><form …> #ricerca-filtri #ricerca-stato #ricerca-risultati
 *   <template id="ricerca-nulla">what to do when nothing is found
 *
 * It is loaded by casa.js when it is first needed. All words it shows come from the `data-t-…`
 * attributes of the template: it has no language of its own. Stop words, elided words and endings
 * come with the index.
 */
(() => {
  'use strict';

  // ---- engine: words

  /**
   * @typedef {{ stop: Set<string>, elisions: Set<string>, endings: Set<string> }} Language
   * @typedef {{ term: string, parts: string[], position: number, start: number, end: number }} Word
   * @typedef {{ text: string, start: number, end: number, joint: string }} Piece
   */

  const STOP_MARK = '_';
  const MIN_STEM = 3;

  /** The one spelling under which words are compared. @param {string} text */
  function fold(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    return text.normalize('NFKD').toLowerCase().replace(/[\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]/gu, '');
  }

  /**
   * The words of a text, in order, each with the term it is found under.
   * @param {string} text @param {Language} language @returns {Word[]}
   */
  function words(text, language) {
    const shouting = !/\p{Lowercase}/u.test(text) && (text.match(/\S+/g) ?? []).length >= 3;
    /** @type {Word[]} */
    const found = [];
    let position = 0;
    for (const group of groups(text, language)) {
      const [term, ...parts] = terms(group, language, shouting);
      if (!term) continue;
      found.push({ term, parts, position, start: group[0].start, end: group[group.length - 1].end });
      position += Math.max(1, parts.length);
    }
    return found;
  }

  /** Pieces that belong together, elided words left out. @param {string} text @param {Language} language */
  function groups(text, language) {
    /** @type {Piece[][]} */
    const groups = [];
    let before = 0;
    for (const match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]+/gu)) {
      const start = match.index ?? 0;
      const piece = { text: match[0], start, end: start + match[0].length, joint: joint(text.slice(before, start)) };
      before = piece.end;
      const last = groups[groups.length - 1];
      if (piece.joint === "'" && last?.length === 1 && language.elisions.has(fold(last[0].text))) groups.pop();
      const group = groups[groups.length - 1];
      if (group && joins(group, piece)) group.push(piece);
      else groups.push([piece]);
    }
    return groups;
  }

  /** What binds two pieces: one sign, or a space for anything else. @param {string} between */
  function joint(between) {
    if (/^['’‘ʼ`´]$/.test(between)) return "'";
    if (/^[-‐‑]$/.test(between)) return '-';
    return /^[–.,:/]$/.test(between) ? between : ' ';
  }

  /** @param {string} text */
  const length = (text) => [...text].length;
  /** @param {string} text */
  const hasDigit = (text) => /\p{N}/u.test(text);

  /** Whether a piece continues the group before it. @param {Piece[]} group @param {Piece} piece */
  function joins(group, piece) {
    if (piece.joint === ' ' || piece.joint === "'") return false;
    const last = group[group.length - 1].text;
    const someDigit = hasDigit(last) || hasDigit(piece.text);
    if (piece.joint === '/') return someDigit;
    if (piece.joint === '-') return someDigit || (group.length === 1 && length(last) <= 2);
    if (piece.joint === '.' && !someDigit) {
      return length(group[0].text) <= 2 && length(last) <= 4 && length(piece.text) <= 4
        && group.slice(1).every((piece) => piece.joint === '.');
    }
    return /\p{N}$/u.test(last) && /^\p{N}/u.test(piece.text);
  }

  /** The term of a group and its further terms. @param {Piece[]} group @param {Language} language @param {boolean} shouting @returns {string[]} */
  function terms(group, language, shouting) {
    /** @param {Piece} piece */
    const simple = (piece) => {
      const folded = fold(piece.text);
      const acronym = !shouting && /^\p{Uppercase}{3,}$/u.test(piece.text);
      return language.stop.has(folded) && !acronym ? STOP_MARK + folded : folded;
    };
    if (group.length === 1) {
      const term = simple(group[0]);
      if (term === 'email') return [term, 'mail'];
      return term === 'mail' ? [term, 'email'] : [term];
    }
    if (!group.some((piece) => hasDigit(piece.text))) {
      const long = group[1].joint === '-' ? group.filter((piece) => length(piece.text) > 1) : [];
      return [group.map((piece) => fold(piece.text)).join(''), ...long.map(simple).filter(Boolean)];
    }
    const term = group.map((piece, at) => (at ? (piece.joint === '–' ? '-' : piece.joint) : '') + fold(piece.text)).join('');
    const digits = amount(group);
    return digits ? [term, digits] : [term, ...group.map(simple).filter(Boolean)];
  }

  /** The digits of an amount with its thousands apart. @param {Piece[]} group */
  function amount(group) {
    const whole = group[group.length - 1].joint === ',' ? group.slice(0, -1) : group;
    const [first, ...thousands] = whole;
    const apart = thousands.length > 0 && length(first.text) <= 3
      && group.every((piece) => /^\p{N}+$/u.test(piece.text))
      && thousands.every((piece) => piece.joint === '.' && length(piece.text) === 3);
    return apart ? whole.map((piece) => fold(piece.text)).join('') : '';
  }

  // ---- engine: index

  /**
   * @typedef {{ pages: number[], impacts: number[], positions: number[][] }} Postings
   * @typedef {{ text: string, code: string, postings?: Postings }} Term
   * @typedef {{ stem: string, terms: Term[] }} Group
   * @typedef {{ factor: number, words: Term[][] }} Form
   * @typedef {{ wanted: boolean, position: number, stem: string | null, term: string, forms: Form[], own: number }} Unit
   * @typedef {{ word: Word, kind: number, wanted: boolean, last: boolean }} Asked
   * @typedef {Map<number, { strength: number, positions: number[] }>} Pages
   * @typedef {{ page: number, score: number }} Ranked
   * @typedef {{ units: Map<string, number>, rarities: number[] }} Matcher
   * @typedef {{ text: string, marked: boolean }} Fragment
   * @typedef {{ pages: Ranked[], matcher: Matcher, suggestion: string | null, unknown: string[] }} Answer
   * @typedef {[url: string, title: string, summary: string, badges: string[], sections: [string, string, string][]]} PageEntry
   * @typedef {{ url: string, title: string, badges: string[], section: string, anchor: string, score: number, snippet: Fragment[], terms: string[] }} Hit
   * @typedef {{ version: number, stamp: string, stop: string, elisions: string, endings: string, pages: number, bits: number,
   *   blocks: number, acronyms: string, synonyms: [string, string][][][], shards: string,
   *   facets: [name: string, label: string, values: [string, number][]][] }} Manifest
   * @typedef {(name: string, stamp: string) => Promise<any>} Load
   */

  const VERSION = 1;
  const EXACT = 16, INFLECTED = 12, SYNONYM = 8, COMPLETED = 7, CORRECTED = 6, RELATED = 4, STOP = 4;
  const WORD = 0, SMALL_ACRONYM = 1, STOP_WORD = 2;
  const ENOUGH_OF_THE_PAGES = 8, ENOUGH_PAGES = 10, MAX_WORDS = 12, MAX_SHARDS = 6, MIN_CORRECTED = 5, MIN_COMPLETED = 2;
  const FULL_STRENGTH = 63 * EXACT, MIN_COVERAGE = 50;
  const SNIPPET_LENGTH = 170, LEAD = 50;

  const { floor, min, max, abs } = Math;

  /** The values of a comma-free list. @param {string} list */
  const set = (list) => new Set(list.split(' ').filter(Boolean));

  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const VALUES = new Uint8Array(128);
  for (let value = 0; value < 64; value++) VALUES[DIGITS.charCodeAt(value)] = value;

  /** The numbers of a code: base 64, five bits a character, the sixth says that more follow. @param {string} code */
  function numbers(code) {
    /** @type {number[]} */
    const numbers = [];
    let number = 0, shift = 0;
    for (let at = 0; at < code.length; at++) {
      const value = VALUES[code.charCodeAt(at) & 127];
      number += (value & 31) << shift;
      shift += 5;
      if (value < 32) {
        numbers.push(number);
        number = shift = 0;
      }
    }
    return numbers;
  }

  /** Numbers that were kept as differences. @param {number[]} steps */
  function ascending(steps) {
    let number = 0;
    return steps.map((step) => number += step);
  }

  /** @param {Term} term @returns {Postings} */
  function postings(term) {
    if (term.postings) return term.postings;
    const [pages, impacts, counts, steps] = term.code.split(' ').map(numbers);
    let at = 0;
    const positions = counts.map((count) => ascending(steps.slice(at, at += count)));
    return term.postings = { pages: ascending(pages), impacts, positions };
  }

  /** A term in the letters of file names. @param {string} term */
  const key = (term) => term.replace(/[^a-z0-9]/gu, '_');

  /** Reads the index files, as they are needed, and answers questions with them. */
  class Index {
    /** @param {Load} load */
    static async open(load) {
      /** @type {Manifest} */
      const manifest = await load('manifest', '');
      if (manifest?.version !== VERSION) throw new Error('manifest');
      return new Index(load, manifest);
    }

    /** @param {Load} load @param {Manifest} manifest */
    constructor(load, manifest) {
      this.load = load;
      this.manifest = manifest;
      /** @type {Language} */
      this.language = { stop: set(manifest.stop), elisions: set(manifest.elisions), endings: set(manifest.endings) };
      this.shardNames = set(manifest.shards);
      /** @type {Map<string, Promise<Group[]>>} */
      this.shards = new Map();
    }

    /** The pages that answer, best first. @param {string} question @returns {Promise<Answer>} */
    async ask(question) {
      const asked = ask(question, this);
      const { units, suggestion, unknown } = await resolve(question, asked, this);
      const { pages, rarities } = rank(units, this.manifest.pages);
      return { pages, matcher: matcher(units, rarities), suggestion, unknown };
    }

    /** What is shown of some pages. @param {Ranked[]} pages @param {Matcher} matcher @returns {Promise<Hit[]>} */
    hits(pages, matcher) {
      const { bits, blocks, stamp } = this.manifest;
      return Promise.all(pages.map(async ({ page, score }) => {
        const block = await this.load(`p-${(page >>> (bits - blocks)).toString(16)}`, stamp);
        return hit(block[page], score, matcher, this.language);
      }));
    }

    /** The page numbers of each value of a facet. @param {number} facet @returns {Promise<Set<number>[]>} */
    async facet(facet) {
      /** @type {string[]} */
      const codes = await this.load(`f-${facet}`, this.manifest.stamp);
      return codes.map((code) => new Set(ascending(numbers(code))));
    }

    /** The groups of some shards, in order. @param {string[]} names @returns {Promise<Group[]>} */
    async groups(names) {
      const shards = await Promise.all(names.map((name) => {
        const shard = this.shards.get(name) ?? this.load(`t-${name}`, this.manifest.stamp).then(shardGroups);
        this.shards.set(name, shard);
        shard.catch(() => this.shards.delete(name));
        return shard;
      }));
      return shards.flat();
    }

    /** The shards that may hold a key: those named by a beginning of it. @param {string} key */
    namesLeadingTo(key) {
      const names = [];
      for (let length = 1; length <= key.length; length++) {
        const name = key.slice(0, length);
        if (this.shardNames.has(name)) names.push(name);
      }
      return names;
    }
  }

  /** @param {string[][]} entries @returns {Group[]} */
  const shardGroups = (entries) => entries.map(([stem, ...rest]) => {
    const terms = [];
    for (let at = 0; at + 1 < rest.length; at += 2) terms.push({ text: stem + rest[at], code: rest[at + 1] });
    return { stem, terms };
  });

  // ---- engine: question

  /** The words of a question that are looked for. @param {string} question @param {Index} index @returns {Asked[]} */
  function ask(question, index) {
    const acronyms = set(index.manifest.acronyms);
    const found = words(question, index.language).slice(0, MAX_WORDS);
    const asked = found.map((word, at) => {
      let kind = WORD;
      if (word.term.startsWith(STOP_MARK)) {
        const bare = word.term.slice(1);
        kind = acronyms.has(bare) ? SMALL_ACRONYM : STOP_WORD;
        if (kind === SMALL_ACRONYM) word.term = bare;
      }
      return { word, kind, wanted: true, last: at === found.length - 1 };
    });
    // What says most is wanted; stop words only where there is nothing else.
    const wanted = min(...asked.map((asked) => asked.kind));
    for (const one of asked) one.wanted = one.kind === wanted;
    return asked.filter((asked) => asked.wanted || asked.kind === SMALL_ACRONYM);
  }

  /** Finds the terms for every word of a question. @param {string} question @param {Asked[]} asked @param {Index} index */
  async function resolve(question, asked, index) {
    const units = await Promise.all(asked.map((asked) => ownForms(asked, index)));
    await addSynonyms(units, index);
    let suggestion = '', copied = 0;
    const unknown = [];
    for (const [at, unit] of units.entries()) {
      const { parts, start, end } = asked[at].word;
      await addParts(unit, parts, index);
      if (unit.forms.length) continue;
      const correction = await addCorrections(unit, index);
      if (correction) {
        suggestion += question.slice(copied, start) + correction;
        copied = end;
      } else {
        unknown.push(question.slice(start, end));
      }
    }
    return { units, suggestion: copied ? suggestion + question.slice(copied) : null, unknown };
  }

  /** @param {Term} term @param {number} factor @returns {Form} */
  const form = (term, factor) => ({ factor, words: [[term]] });

  /** The word as it is, its inflections, what it may be the beginning of. @param {Asked} asked @param {Index} index */
  async function ownForms(asked, index) {
    const { term, position } = asked.word;
    /** @type {Unit} */
    const unit = { wanted: asked.wanted, position, stem: null, term, forms: [], own: 0 };
    const group = await inflections(term, index);
    if (group) {
      unit.forms.push(...group.terms.map((found) =>
        form(found, found.text === term ? EXACT : isInflection(found.text, term) ? INFLECTED : RELATED)));
      unit.stem = group.stem;
    }
    // Written small and alone, the stop word may have been meant after all;
    // a stop word in capitals need not be an acronym.
    const alone = asked.kind === SMALL_ACRONYM && asked.wanted;
    if (alone || (!unit.forms.length && index.language.stop.has(term))) {
      const group = await inflections(STOP_MARK + term, index);
      unit.forms.push(...(group?.terms ?? []).map((found) => form(found, STOP)));
    }
    const enough = max(ENOUGH_PAGES, floor(index.manifest.pages / ENOUGH_OF_THE_PAGES));
    const common = unit.forms.some(({ words: [[term]] }) => postings(term).pages.length >= enough);
    const completes = asked.last ? !common : !unit.forms.length;
    if (completes && asked.kind === WORD) await addCompletions(unit, index);
    unit.own = unit.forms.length;
    return unit;
  }

  /** The group of a term, or of the longest stem that it may be an inflection of. @param {string} term @param {Index} index */
  async function inflections(term, index) {
    /** @type {Group | null} */
    let likely = null;
    for (const group of await index.groups(index.namesLeadingTo(key(term)))) {
      if (!term.startsWith(group.stem)) continue;
      if (group.terms.some((found) => found.text === term)) return group;
      const longer = !likely || group.stem.length > likely.stem.length;
      const guessed = length(group.stem) >= MIN_STEM && index.language.endings.has(term.slice(group.stem.length));
      if (longer && guessed) likely = group;
    }
    return likely;
  }

  /** @param {Unit} unit @param {Index} index */
  async function addCompletions(unit, index) {
    if (length(unit.term) < MIN_COMPLETED) return;
    const begin = key(unit.term);
    const longer = [...index.shardNames].filter((name) => name.length > begin.length && name.startsWith(begin));
    const names = [...index.namesLeadingTo(begin), ...longer.slice(0, MAX_SHARDS)];
    for (const group of await index.groups(names)) {
      if (group.stem === unit.stem) continue;
      const completions = group.terms.filter((found) => found.text.startsWith(unit.term));
      unit.forms.push(...completions.map((found) => form(found, COMPLETED)));
    }
  }

  /** Where a phrase of a synonym group stands in the question, the other phrases stand as well. @param {Unit[]} units @param {Index} index */
  async function addSynonyms(units, index) {
    for (const group of index.manifest.synonyms) {
      for (const phrase of group) {
        const start = occurrence(phrase, units);
        if (start < 0) continue;
        for (const other of group) {
          if (other === phrase || occurrence(other, units) >= 0) continue;
          const words = await Promise.all(other.map(([term, stem]) => like(term, stem, index)));
          for (const unit of units.slice(start, start + phrase.length)) addPhrase(unit, words);
        }
      }
    }
  }

  /** Where a phrase stands in the question, in any inflection. @param {[string, string][]} phrase @param {Unit[]} units */
  function occurrence(phrase, units) {
    return units.findIndex((_, start) => phrase.every(([term, stem], at) => {
      const unit = units[start + at];
      return unit && (unit.term === term || (unit.stem === stem && isInflection(unit.term, term)));
    }));
  }

  /** Whether two words of one stem are of about one length: appalti and appalto, not appaltante. @param {string} a @param {string} b */
  const isInflection = (a, b) => abs(length(a) - length(b)) <= 1;

  /** A term and its inflections. @param {string} term @param {string} stem @param {Index} index @returns {Promise<Term[]>} */
  async function like(term, stem, index) {
    const groups = await index.groups(index.namesLeadingTo(key(term)));
    return (groups.find((group) => group.stem === stem)?.terms ?? []).filter((found) => isInflection(found.text, term));
  }

  /** Adds a phrase, if all its words are in the dictionary. @param {Unit} unit @param {Term[][]} words */
  function addPhrase(unit, words) {
    if (words.every((terms) => terms.length)) unit.forms.push({ factor: SYNONYM, words });
  }

  /** `36/2023` may be written as 36 of 2023. @param {Unit} unit @param {string[]} parts @param {Index} index */
  async function addParts(unit, parts, index) {
    if (!parts.length) return;
    addPhrase(unit, await Promise.all(parts.map(async (part) => {
      const group = await inflections(part, index);
      return (group?.terms ?? []).filter((term) => term.text === part);
    })));
  }

  /** Adds terms that differ by one typing error. Returns the most frequent. @param {Unit} unit @param {Index} index */
  async function addCorrections(unit, index) {
    const letters = [...unit.term];
    if (letters.length < MIN_CORRECTED || !/^\p{Alphabetic}+$/u.test(unit.term)) return '';
    const begin = key(unit.term);
    const near = index.namesLeadingTo(begin);
    const far = [...index.shardNames].filter((name) => !near.includes(name) && mayHoldCorrection(name, begin));
    /** @type {Term | null} */
    let best = null;
    // An error in the first letters leads to other files; they are asked only if these know nothing.
    for (const names of [near, far.slice(0, MAX_SHARDS)]) {
      for (const term of (await index.groups(names)).flatMap((group) => group.terms)) {
        if (!isOneError(letters, [...term.text])) continue;
        unit.forms.push(form(term, CORRECTED));
        if (!best || postings(term).pages.length > postings(best).pages.length) best = term;
      }
      if (best) return best.text;
    }
    return '';
  }

  /** Whether a term of a shard can be one error away, its first letter being right or swapped. @param {string} name @param {string} begin */
  function mayHoldCorrection(name, begin) {
    if (!begin.slice(0, 2).includes(name[0])) return false;
    for (let length = 0; length <= begin.length; length++) {
      const start = begin.slice(0, length);
      if (start === name || isOneError([...start], [...name])) return true;
    }
    return false;
  }

  /** Whether two words differ by one letter left out, added, replaced, or swapped with the next. @param {string[]} a @param {string[]} b */
  function isOneError(a, b) {
    if (abs(a.length - b.length) > 1) return false;
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    const left = a.slice(same), right = b.slice(same);
    /** @param {number} skipLeft @param {number} skipRight */
    const equal = (skipLeft, skipRight) =>
      left.slice(skipLeft).join() === right.slice(skipRight).join();
    if (left.length > right.length) return equal(1, 0);
    if (left.length < right.length) return equal(0, 1);
    if (!left.length) return false;
    return equal(1, 1) || (left.length > 1 && left[0] === right[1] && left[1] === right[0] && equal(2, 2));
  }

  // ---- engine: ranking

  /** The pages that answer, best first. @param {Unit[]} units @param {number} pages */
  function rank(units, pages) {
    const found = units.map((unit) => strengths(unit.forms));
    const rarities = units.map((unit, at) => {
      const own = unit.own && unit.own < unit.forms.length ? strengths(unit.forms.slice(0, unit.own)) : found[at];
      return rarity(pages, own.size);
    });
    let total = 0;
    /** @type {Map<number, { score: number, mass: number }>} */
    const candidates = new Map();
    for (const [at, unit] of units.entries()) {
      if (unit.wanted && found[at].size) total += rarities[at];
      for (const [page, { strength }] of found[at]) {
        let candidate = candidates.get(page);
        if (!candidate) candidates.set(page, candidate = { score: 0, mass: 0 });
        const gain = rarities[at] * strength;
        candidate.score += unit.wanted ? gain : floor(gain / 2);
        if (unit.wanted) candidate.mass += rarities[at];
      }
    }
    /** @param {number} mass */
    const coverage = (mass) => floor(mass * 256 / max(1, total));
    let best = 0;
    for (const { mass } of candidates.values()) best = max(best, coverage(mass));
    /** @type {Ranked[]} */
    const ranking = [];
    for (const [page, { score, mass }] of candidates) {
      const covered = coverage(mass);
      if (!mass || covered * 100 < best * MIN_COVERAGE) continue;
      let weighed = score;
      for (let times = 0; times < 2; times++) weighed = floor(weighed * covered / 256);
      ranking.push({ page, score: weighed + floor(weighed * nearness(page, units, found) / 64) });
    }
    ranking.sort((a, b) => b.score - a.score || a.page - b.page);
    return { pages: ranking, rarities };
  }

  /** How strongly a word of the question is on each page, and where. @param {Form[]} forms @returns {Pages} */
  function strengths(forms) {
    /** @type {Pages} */
    const pages = new Map();
    for (const { factor, words } of forms) {
      /** Of the forms of a word the strongest counts; synonyms add to it. @param {number} page @param {number} impact @param {number[]} positions */
      const add = (page, impact, positions) => {
        const entry = pages.get(page);
        const more = impact * factor;
        if (!entry) {
          pages.set(page, { strength: more, positions });
          return;
        }
        const { strength } = entry;
        entry.strength = factor === SYNONYM ? strength + more - floor(strength * more / FULL_STRENGTH) : max(strength, more);
        entry.positions = entry.positions.concat(positions);
      };
      if (words.length > 1) {
        for (const [page, { impact, positions }] of phrase(words)) add(page, impact, positions);
        continue;
      }
      for (const term of words[0]) {
        const { pages, impacts, positions } = postings(term);
        for (let at = 0; at < pages.length; at++) add(pages[at], impacts[at], positions[at]);
      }
    }
    return pages;
  }

  /** The pages that hold all words of a phrase, as strong as the weakest of them. @param {Term[][]} words */
  function phrase(words) {
    const strongest = words.map((terms) => {
      /** @type {Map<number, { impact: number, positions: number[] }>} */
      const pages = new Map();
      for (const term of terms) {
        const found = postings(term);
        for (const [at, page] of found.pages.entries()) {
          const impact = found.impacts[at];
          if (impact > (pages.get(page)?.impact ?? 0)) pages.set(page, { impact, positions: found.positions[at] });
        }
      }
      return pages;
    });
    const [first, ...others] = strongest;
    for (const [page, entry] of first) {
      const impacts = others.map((pages) => pages.get(page)?.impact ?? 0);
      if (impacts.includes(0)) first.delete(page);
      else entry.impact = min(entry.impact, ...impacts);
    }
    return first;
  }

  /** How near the words of the question are to one another on a page, 0 to 32. @param {number} page @param {Unit[]} units @param {Pages[]} found */
  function nearness(page, units, found) {
    let sum = 0;
    for (let pair = 0; pair + 1 < units.length; pair++) {
      const a = found[pair].get(page), b = found[pair + 1].get(page);
      if (!a || !b) continue;
      const apart = units[pair + 1].position - units[pair].position;
      let least = Infinity;
      for (const first of a.positions) {
        for (const second of b.positions) least = min(least, abs(second - first - apart));
      }
      sum += least === 0 ? 32 : least <= 2 ? 20 : least <= 6 ? 12 : least <= 15 ? 4 : 0;
    }
    return units.length > 1 ? floor(sum / (units.length - 1)) : 0;
  }

  /** How much a word tells that occurs on `found` of `pages` pages. @param {number} pages @param {number} found */
  const rarity = (pages, found) => 32 + logarithm(max(pages, found) + 1) - logarithm(max(found, 1));

  /** The binary logarithm in 64ths, straight between powers of two. @param {number} number */
  function logarithm(number) {
    const whole = 31 - Math.clz32(number);
    return 64 * whole + floor((number - 2 ** whole) * 64 / 2 ** whole);
  }

  // ---- engine: excerpt

  /** Tells which terms in a text answer which word of the question. @param {Unit[]} units @param {number[]} rarities @returns {Matcher} */
  function matcher(units, rarities) {
    const terms = new Map();
    for (const [at, unit] of units.entries()) {
      for (const term of unit.forms.flatMap((form) => form.words.flat())) {
        if (!terms.has(term.text)) terms.set(term.text, at);
      }
    }
    return { units: terms, rarities };
  }

  /** @typedef {{ start: number, end: number, term?: string, unit?: number }} Mark */

  /** The words of a text, those found with the word of the question that they answer. @param {string} text @param {Matcher} matcher @param {Language} language @returns {Mark[]} */
  function marks(text, matcher, language) {
    return words(text, language).map(({ start, end, term, parts }) => {
      const match = [term, ...parts].find((term) => matcher.units.has(term));
      return match === undefined ? { start, end } : { start, end, term: match, unit: matcher.units.get(match) };
    });
  }

  /** How often each word of the question is among the marks. @param {Mark[]} marks @param {Matcher} matcher */
  function counts(marks, matcher) {
    const counts = matcher.rarities.map(() => 0);
    for (const { unit } of marks) if (unit !== undefined) counts[unit]++;
    return counts;
  }

  /** What is shown of a page: best section, snippet. @param {PageEntry} page @param {number} score @param {Matcher} matcher @param {Language} language @returns {Hit} */
  function hit([url, title, summary, badges, sections], score, matcher, language) {
    const found = marks(title, matcher, language);
    let best = -1, bestScore = 0;
    sections.forEach(([, title, text], index) => {
      const inTitle = marks(title, matcher, language), inText = marks(text, matcher, language);
      found.push(...inTitle, ...inText);
      const titleCounts = counts(inTitle, matcher), textCounts = counts(inText, matcher);
      let score = 0;
      matcher.rarities.forEach((rarity, unit) => {
        const all = titleCounts[unit] + textCounts[unit];
        // Different words count most, then words in the heading, then repetition.
        if (all) score += rarity * (8 + (titleCounts[unit] ? 4 : 0) + min(all, 4));
      });
      if (score > bestScore) [best, bestScore] = [index, score];
    });
    const section = sections[best];
    const shown = [section?.[2], summary, ...sections.map(([, , text]) => text)].find(Boolean) ?? '';
    const [anchor, heading] = section?.[0] ? section : ['', ''];
    const terms = new Set(found.flatMap(({ term }) => term ?? []));
    return {
      url, title, badges, section: heading, anchor, score,
      snippet: snippet(shown, marks(shown, matcher, language), matcher),
      // A stop word here is an acronym: in capitals it is told from the word that it looks like.
      terms: [...terms].map((term) => language.stop.has(term) ? term.toUpperCase() : term),
    };
  }

  /** The stretch of text that holds most, cut at words. @param {string} text @param {Mark[]} marks @param {Matcher} matcher @returns {Fragment[]} */
  function snippet(text, marks, matcher) {
    if (!marks.length) return [];
    /** @type {[number, number] | null} */
    let best = null;
    let bestScore = 0;
    marks.forEach((mark, at) => {
      if (mark.unit === undefined) return;
      const around = window(marks, at);
      let score = 0;
      counts(marks.slice(...around), matcher).forEach((count, unit) => {
        if (count) score += matcher.rarities[unit] * (8 + min(count, 4));
      });
      if (score > bestScore) [best, bestScore] = [around, score];
    });
    const [first, end] = best ?? window(marks, 0);
    const fragments = fragment(text, marks.slice(first, end), first ? marks[first].start : 0, end < marks.length ? marks[end - 1].end : text.length);
    if (first) fragments.unshift({ text: '… ', marked: false });
    if (end < marks.length) fragments.push({ text: ' …', marked: false });
    return fragments;
  }

  /** The words that fit in a snippet with some lead before the given one. @param {Mark[]} marks @param {number} at @returns {[number, number]} */
  function window(marks, at) {
    /** @param {number} start @param {number} end */
    const fits = (start, end) => marks[end].end - marks[start].start <= SNIPPET_LENGTH;
    let start = at, end = at;
    while (start > 0 && marks[at].start - marks[start - 1].start <= LEAD) start--;
    while (end + 1 < marks.length && fits(start, end + 1)) end++;
    while (start > 0 && fits(start - 1, end)) start--;
    return [start, end + 1];
  }

  /** A text, cut at its marked words. @param {string} text @param {Mark[]} marks @param {number} start @param {number} end @returns {Fragment[]} */
  function fragment(text, marks, start, end) {
    const fragments = [];
    let copied = start;
    for (const mark of marks) {
      if (mark.unit === undefined) continue;
      fragments.push({ text: text.slice(copied, mark.start), marked: false }, { text: text.slice(mark.start, mark.end), marked: true });
      copied = mark.end;
    }
    fragments.push({ text: text.slice(copied, end), marked: false });
    return fragments.filter(({ text }) => text);
  }

  // ---- registration

  /** Data that index files have registered, until it is taken. @type {Map<string, any>} */
  const registered = new Map();
  /** @param {string} name @param {any} data */
  const register = (name, data) => void registered.set(name, data);
  /** @type {any} */ (globalThis).vastaRicerca = register;
  // For tests, and for programs with an index of their own.
  Object.assign(register, { registered, Index, words });
  if (typeof document === 'undefined') return;

  // ---- page: essentials

  const settings = document.getElementById('casa_ricerca')?.dataset ?? {};
  const root = settings.root ?? '';
  const PAGE_SIZE = 10, MAX_SUGGESTIONS = 7;
  /** Milliseconds: after a key before searching, and of quiet before speaking. */
  const TYPING = 120, QUIET = 500;

  /** A text of the theme: `data-t-no-suggestions` is `noSuggestions`. @param {string} name @param {Record<string, string | number>} [values] */
  function text(name, values = {}) {
    const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
    const template = settings[`t${name[0].toUpperCase()}${name.slice(1)}`] ?? '';
    return template.replace(/\{(\w+)\}/g, (_, key) => {
      const value = values[key] ?? '';
      return typeof value === 'number' ? format.format(value) : value;
    });
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {Record<string, string>} attributes @param {...(Node | string)} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  function element(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** @param {Fragment[]} fragments */
  const marked = (fragments) => fragments.map(({ text, marked }) => marked ? element('mark', {}, text) : text);

  /** Calls a function once nothing has asked for it for a while. @template {any[]} A @param {(...values: A) => void} call @param {number} delay */
  function quietly(call, delay) {
    let timer = 0;
    return (/** @type {A} */ ...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => call(...values), delay);
    };
  }

  /** @type {Map<string, Promise<any>>} */
  const loads = new Map();

  /** Runs an index file and gives what it registers. @type {Load} */
  function load(name, stamp) {
    const known = loads.get(name);
    if (known) return known;
    const loading = new Promise((resolve, reject) => {
      const source = `${root}ricerca/${name}.js${stamp && `?v=${stamp}`}`;
      const file = element('script', { src: source });
      file.onload = () => registered.has(name) ? resolve(registered.get(name)) : reject(new Error(name));
      file.onerror = () => reject(new Error(name));
      document.head.append(file);
    });
    loads.set(name, loading);
    loading.catch(() => loads.delete(name));
    return loading;
  }

  /** @type {Promise<Index> | null} */
  let opening = null;

  /** The index, opened when it is first needed. */
  function openIndex() {
    opening ??= Index.open(load);
    opening.catch(() => opening = null);
    return opening;
  }

  /** The address of a hit; its words are marked there. @param {Hit} hit */
  function address({ url, terms }, anchor = '') {
    const words = terms.map(encodeURIComponent).join(',');
    return root + url + (words && `?evidenzia=${words}`) + (anchor ? `#${anchor}` : '');
  }

  /** A title with its found words marked. @param {string} title @param {Matcher} matcher @param {Index} index */
  const markedTitle = (title, matcher, index) => marked(fragment(title, marks(title, matcher, index.language), 0, title.length));

  // ---- page: suggestions

  /** Makes the field of a form an editable combobox with a list of pages. @param {HTMLFormElement} form */
  function suggest(form) {
    const input = form.querySelector('input');
    const list = form.querySelector('ul');
    const status = form.querySelector('p');
    if (!input || !list || !status) return;
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', text('suggestions'));
    /** @type {string[]} */
    let addresses = [];
    let active = -1;
    let latest = 0;
    const announce = quietly((message) => { status.textContent = message; }, QUIET);

    /** @param {number} option */
    const choose = (option) => {
      active = option;
      [...list.children].forEach((item, at) => item.setAttribute('aria-selected', String(at === active)));
      const item = list.children[active];
      if (item) {
        input.setAttribute('aria-activedescendant', item.id);
        item.scrollIntoView({ block: 'nearest' });
      } else {
        input.removeAttribute('aria-activedescendant');
      }
    };
    /** @param {boolean} open */
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute('aria-expanded', String(open));
      choose(-1);
    };
    const close = () => {
      latest++;
      show(false);
      announce('');
    };
    const follow = (/** @type {number} */ option) => {
      // Who comes back finds the list closed.
      close();
      location.href = addresses[option];
    };
    const update = async () => {
      const turn = ++latest;
      const question = input.value.trim();
      if (!question) return close();
      const index = await openIndex();
      const { pages, matcher } = await index.ask(question);
      const hits = await index.hits(pages.slice(0, MAX_SUGGESTIONS), matcher);
      if (turn !== latest) return;
      addresses = hits.map((hit) => address(hit));
      list.replaceChildren(...hits.map((hit, at) => element('li',
        { class: 'ricerca-suggerimento', id: `${input.id}-${at}`, role: 'option', 'aria-selected': 'false' },
        element('span', { class: 'ricerca-suggerimento-titolo' }, ...markedTitle(hit.title, matcher, index)), ' ',
        element('span', { class: 'ricerca-suggerimento-tipo' }, hit.badges[0] ?? ''))));
      show(hits.length > 0);
      announce(hits.length ? text('suggestionsCount', { n: hits.length }) : text('noSuggestions'));
    };
    // Without an index the form still leads to the search page, which says so.
    const tryUpdate = quietly(() => void update().catch(close), TYPING);

    show(false);
    const prepare = () => void openIndex().catch(() => {});
    input.addEventListener('focus', prepare);
    // It is the focus that loaded this script; who is quicker has typed already.
    if (input === document.activeElement) {
      prepare();
      if (input.value) tryUpdate();
    }
    input.addEventListener('input', () => {
      // What was to be said is not true any more.
      announce('');
      tryUpdate();
    });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      const count = list.hidden ? 0 : list.children.length;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (!count) return tryUpdate();
        // One more place than options: the field itself.
        const step = event.key === 'ArrowDown' ? 1 : -1;
        choose((active + 1 + step + count + 1) % (count + 1) - 1);
      } else if (event.key === 'Enter' && count && active >= 0) {
        event.preventDefault();
        follow(active);
      } else if (event.key === 'Escape') {
        event.preventDefault();
        if (count) close();
        else input.value = '';
      } else if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
        // Who moves in the text has left the list.
        choose(-1);
      }
    });
    // The field keeps the focus while an option is clicked.
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const item = /** @type {Element} */ (event.target).closest('li');
      if (item) follow([...list.children].indexOf(item));
    });
  }

  // ---- page: search page

  /** Runs the search page. @param {HTMLElement} page */
  function searchPage(page) {
    const form = page.querySelector('form');
    const input = page.querySelector('input');
    const [filters, status, results] = ['filtri', 'stato', 'risultati'].map((name) => document.getElementById(`ricerca-${name}`));
    if (!form || !input || !filters || !status || !results) return;
    const nothing = document.getElementById('ricerca-nulla');
    const parameters = new URLSearchParams(location.search);
    /** @type {{ name: string, box: HTMLInputElement, label: HTMLElement, count: HTMLElement, facet: number, value: number }[]} */
    const choices = [];
    /** @type {Promise<Set<number>[][]> | null} */
    let facetPages = null;
    let latest = 0;
    const announce = quietly((message) => { status.textContent = message; }, QUIET);

    /** Takes filters away; the field gets the focus, since the button goes. @param {typeof choices} dropped @param {string} words */
    const dropButton = (dropped, words) => {
      const button = element('button', { type: 'button', class: 'ricerca-togli-filtri' }, words);
      button.addEventListener('click', () => {
        for (const { box } of dropped) box.checked = false;
        input.focus();
        void update();
      });
      return button;
    };
    const clear = dropButton(choices, text('clearFilters'));

    /** The filters, with what folds them away if the theme has it. @type {HTMLElement} */
    const filterBox = filters.closest('details') ?? filters;

    /** Makes the checkboxes, once. @param {Index} index */
    const makeFilters = ({ manifest: { facets } }) => {
      if (choices.length || !facets.length) return;
      filters.replaceChildren(...facets.map(([name, label, values], facet) => element('fieldset', { class: 'ricerca-filtro' },
        element('legend', {}, label),
        ...values.map(([value], at) => {
          const box = element('input', { type: 'checkbox', name, value });
          box.checked = parameters.getAll(name).includes(value);
          const count = element('span', { class: 'ricerca-numero' });
          const choice = element('label', {}, box, ' ', element('span', {}, value), ' ', count);
          choices.push({ name, box, label: choice, count, facet, value: at });
          return choice;
        }))), clear);
    };

    /**
     * Keeps the pages that the filters allow, but for those of one facet, or for one filter.
     * @param {Ranked[]} pages @param {Set<number>[][]} sets @param {typeof choices[number]} [dropped]
     */
    const filtered = (pages, sets, except = -1, dropped) => {
      for (const [facet, values] of sets.entries()) {
        const checked = choices.filter((choice) => choice.facet === facet && choice.box.checked && choice !== dropped);
        if (facet === except || !checked.length) continue;
        pages = pages.filter(({ page }) => checked.some(({ value }) => values[value].has(page)));
      }
      return pages;
    };

    /** @param {Ranked[]} pages @param {Set<number>[][]} sets */
    const countFilters = (pages, sets) => {
      const candidates = sets.map((_, facet) => filtered(pages, sets, facet));
      for (const { box, label, count, facet, value } of choices) {
        const number = candidates[facet].filter(({ page }) => sets[facet][value].has(page)).length;
        count.textContent = String(number);
        // What has the focus stays, or the focus would be lost.
        label.hidden = !number && !box.checked && box !== document.activeElement;
      }
      for (const fieldset of filters.querySelectorAll('fieldset')) {
        fieldset.hidden = [...fieldset.querySelectorAll('label')].every((label) => label.hidden);
      }
    };

    /** Offers to take away a filter that alone leaves no result, or else all. @param {Ranked[]} pages @param {Set<number>[][]} sets */
    const dropButtons = (pages, sets) => {
      const single = choices.filter(({ box }) => box.checked).flatMap((choice) => {
        const { length } = filtered(pages, sets, -1, choice);
        return length ? [dropButton([choice], text('dropFilter', { filter: choice.box.value, n: length }))] : [];
      });
      return single.length ? single : [dropButton(choices, text('dropFilters', { n: pages.length }))];
    };

    /** The address says what is asked. @param {string} question */
    const remember = (question) => {
      const checked = choices.filter(({ box }) => box.checked).map(({ name, box }) => [name, box.value]);
      // Until the filters are made, the address keeps those that it came with.
      const kept = choices.length ? checked : [...parameters].filter(([name]) => name !== 'q');
      const query = new URLSearchParams([['q', question], ...kept].filter(([, value]) => value)).toString();
      history.replaceState(null, '', query ? `?${query}` : location.pathname);
    };

    /** @param {Hit} hit @param {Matcher} matcher @param {Index} index */
    const item = (hit, matcher, index) => {
      const item = element('li', { class: 'ricerca-risultato' },
        element('h2', { class: 'ricerca-titolo' }, element('a', { href: address(hit) }, ...markedTitle(hit.title, matcher, index))));
      if (hit.badges.length) {
        const badges = hit.badges.flatMap((badge) => [element('span', { class: 'etichetta' }, badge), ' ']);
        item.append(element('p', { class: 'ricerca-etichette' }, ...badges));
      }
      item.append(element('p', { class: 'ricerca-estratto' }, ...marked(hit.snippet)));
      if (hit.anchor) {
        const link = element('a', { href: address(hit, hit.anchor) }, ...markedTitle(hit.section, matcher, index));
        item.append(element('p', { class: 'ricerca-sezione' }, text('section'), ' ', link));
      }
      return item;
    };

    const update = async () => {
      const turn = ++latest;
      const question = input.value.trim();
      remember(question);
      // Without a question there is nothing to show and nothing to filter, so nothing is loaded.
      filterBox.hidden = !question;
      if (!question) {
        results.replaceChildren();
        announce('');
        return;
      }
      const slow = setTimeout(() => { status.textContent = text('loading'); }, QUIET);
      try {
        const index = await openIndex();
        makeFilters(index);
        const isFiltered = choices.some(({ box }) => box.checked);
        clear.hidden = !isFiltered;
        const { pages, matcher, suggestion, unknown } = await index.ask(question);
        const facetsLoading = facetPages ??= Promise.all(index.manifest.facets.map((_, facet) => index.facet(facet)));
        facetsLoading.catch(() => facetPages = null);
        const shown = isFiltered ? filtered(pages, await facetsLoading) : pages;
        const hits = await index.hits(shown.slice(0, PAGE_SIZE), matcher);
        if (turn !== latest) return;

        const list = element('ol', { class: 'ricerca-elenco' }, ...hits.map((hit) => item(hit, matcher, index)));
        const children = [];
        if (suggestion) {
          const link = element('a', { href: `?${new URLSearchParams({ q: suggestion })}` }, suggestion);
          children.push(element('p', { class: 'ricerca-correzione' }, text('didYouMean'), ' ', link));
        }
        if (hits.length && unknown.length) {
          children.push(element('p', { class: 'ricerca-ignote' }, text('unknown', { words: unknown.join(', ') })));
        }
        if (hits.length) children.push(list);
        else if (pages.length) children.push(element('p', { class: 'ricerca-togli' }, ...dropButtons(pages, await facetsLoading)));
        else if (nothing instanceof HTMLTemplateElement) children.push(nothing.content.cloneNode(true));
        if (shown.length > PAGE_SIZE) {
          const more = element('button', { type: 'button', class: 'ricerca-altri' }, text('more'));
          more.addEventListener('click', async () => {
            const known = list.children.length;
            const next = await index.hits(shown.slice(known, known + PAGE_SIZE), matcher);
            list.append(...next.map((hit) => item(hit, matcher, index)));
            if (list.children.length >= shown.length) more.remove();
            list.children[known].querySelector('a')?.focus();
          });
          children.push(more);
        }
        results.replaceChildren(...children);
        const none = pages.length ? 'noneFiltered' : 'none';
        const count = shown.length === 1 ? 'result' : shown.length ? 'results' : none;
        announce(text(count, { n: shown.length, q: question }));
        countFilters(pages, await facetsLoading);
      } catch {
        if (turn === latest) {
          results.replaceChildren();
          announce(text('unavailable'));
        }
      } finally {
        clearTimeout(slow);
      }
    };
    const typed = quietly(() => void update(), TYPING);

    input.value = parameters.get('q') ?? input.value;
    input.addEventListener('input', () => {
      announce(status.textContent);
      typed();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void update();
    });
    filters.addEventListener('change', () => void update());
    void update();
  }

  // ---- page: arrival

  /** Marks the words that led here, and offers to remove the marks. */
  function highlight() {
    const parameters = new URLSearchParams(location.search);
    const wanted = new Set((parameters.get('evidenzia') ?? '').split(',').filter(Boolean));
    const main = document.querySelector('main');
    if (!wanted.size || !main) return;
    const language = { stop: new Set(), elisions: new Set(), endings: new Set() };
    const nodes = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const texts = [];
    while (nodes.nextNode()) {
      const node = /** @type {Text} */ (nodes.currentNode);
      if (!node.parentElement?.closest('script, style, textarea, select, button, svg')) texts.push(node);
    }
    for (const node of texts) {
      const found = words(node.data, language).map(({ start, end, term, parts }) => {
        const is = [node.data.slice(start, end), term, ...parts].some((term) => wanted.has(term));
        return is ? { start, end, unit: 0 } : { start, end };
      });
      const fragments = fragment(node.data, found, 0, node.data.length);
      if (!fragments.some(({ marked }) => marked)) continue;
      node.replaceWith(...fragments.map(({ text, marked }) => marked ? element('mark', { class: 'evidenziata' }, text) : text));
    }
    const button = element('button', { type: 'button' }, text('removeHighlight'));
    const notice = element('p', { class: 'evidenzia-avviso' }, element('span', {}, text('highlighted')), ' ', button);
    button.addEventListener('click', () => {
      for (const mark of main.querySelectorAll('mark.evidenziata')) mark.replaceWith(...mark.childNodes);
      main.normalize();
      notice.remove();
      parameters.delete('evidenzia');
      const query = parameters.toString();
      history.replaceState(null, '', location.pathname + (query && `?${query}`) + location.hash);
      main.focus({ preventScroll: true });
    });
    main.prepend(notice);
  }

  for (const form of document.querySelectorAll('form')) if (form.hasAttribute('data-ricerca')) suggest(form);
  const page = document.querySelector('[data-ricerca-pagina]');
  if (page instanceof HTMLElement) searchPage(page);
  highlight();
})();
