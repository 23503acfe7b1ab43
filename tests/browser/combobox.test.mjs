// The search as keyboards and screen readers meet it: the field with its suggestions (the editable combobox of the ARIA
// Authoring Practices), the search page with its filters, what is said aloud, the shortcuts, the marks on arrival.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { launch, samples, serve } from "./site.mjs";

const { url, close } = await serve();
const browser = await launch();
after(async () => {
  await browser.close();
  close();
});

const somePage = samples.at(-1);
const searchPage = "ricerca/index.html";
const options = "[role=option]";
const results = "#ricerca-risultati ol > li";
const word = "convenz";

/** Opens a page of the site in a context of its own, and closes it when the test is over. */
async function open(path, use, prepare = () => {}) {
  const context = await browser.newContext();
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  try {
    await prepare(page);
    await page.goto(url + path, { waitUntil: "domcontentloaded" });
    await use(page);
  } finally {
    await context.close();
  }
}

/** What assistive technology is told of the field that has the focus. */
const told = (page) =>
  page.evaluate(() => {
    const { activeElement: field } = document;
    const list = document.getElementById(field.getAttribute("aria-controls"));
    const options = [...list.querySelectorAll("[role=option]")];
    return {
      role: field.getAttribute("role"),
      expanded: field.getAttribute("aria-expanded"),
      list: list.getAttribute("role"),
      isShown: list.checkVisibility(),
      chosen: options.findIndex((option) => option.id === field.getAttribute("aria-activedescendant")),
      selected: options.findIndex((option) => option.getAttribute("aria-selected") === "true"),
      count: options.length,
      text: field.value,
    };
  });

/** Types a word into the search field of a page, and waits for the suggestions. */
async function suggest(page, typed = word) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(typed);
  await page.locator(options).first().waitFor();
}

const hasFocus = (page, selector) =>
  page.evaluate((selector) => document.activeElement.matches(selector), selector);

describe("the field with its suggestions", () => {
  test("is a combobox that says whether its list is open", () =>
    open(somePage, async (page) => {
      await page.keyboard.press("Control+k");
      const closed = { role: "combobox", expanded: "false", list: "listbox", isShown: false, chosen: -1 };
      assert.deepEqual(await told(page), { ...closed, selected: -1, count: 0, text: "" });
      await page.keyboard.type(word);
      await page.locator(options).first().waitFor();
      const { expanded, isShown, chosen, count } = await told(page);
      assert.deepEqual({ expanded, isShown, chosen }, { expanded: "true", isShown: true, chosen: -1 });
      assert.ok(count > 1 && count <= 7, `${count} suggestions`);
      const names = await page.getByRole("listbox").getAttribute("aria-label");
      assert.ok(names, "the list has no name");
    }));

  test("follows the arrows, round through the field itself", () =>
    open(somePage, async (page) => {
      await suggest(page);
      const { count } = await told(page);
      const press = async (key) => {
        await page.keyboard.press(key);
        const { chosen, selected, text } = await told(page);
        assert.equal(selected, chosen, "what is selected is not what is active");
        assert.equal(text, word, "the text changed");
        return chosen;
      };
      const down = [];
      for (let place = 0; place <= count; place++) down.push(await press("ArrowDown"));
      assert.deepEqual(down, [...Array(count).keys(), -1]);
      const up = [];
      for (let place = 0; place <= count; place++) up.push(await press("ArrowUp"));
      assert.deepEqual(up, [...[...Array(count).keys()].reverse(), -1]);
    }));

  test("leaves Home, End and the sideways arrows to the text", () =>
    open(somePage, async (page) => {
      await suggest(page);
      for (const [key, caret] of [
        ["Home", 0],
        ["ArrowRight", 1],
        ["End", word.length],
        ["ArrowLeft", word.length - 1],
      ]) {
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press(key);
        const place = await page.evaluate(() => document.activeElement.selectionStart);
        const { chosen, expanded } = await told(page);
        assert.deepEqual([key, place, chosen, expanded], [key, caret, -1, "true"]);
      }
    }));

  test("opens the chosen page on Enter", () =>
    open(somePage, async (page) => {
      await suggest(page);
      await page.keyboard.press("ArrowDown");
      const title = await page.locator(`${options}[aria-selected=true] > span`).first().innerText();
      await page.keyboard.press("Enter");
      await page.waitForURL(/evidenzia=/);
      assert.ok(title.startsWith(await page.locator("h1").innerText()), title);
    }));

  test("sends the question on Enter when nothing is chosen", () =>
    open(somePage, async (page) => {
      await suggest(page);
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => address.pathname === `/${searchPage}`);
      assert.equal(new URL(page.url()).searchParams.get("q"), word);
    }));

  test("closes the list on the first Escape and is emptied by the second", () =>
    open(somePage, async (page) => {
      await suggest(page);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      const first = await told(page);
      assert.deepEqual([first.expanded, first.isShown, first.chosen, first.text], ["false", false, -1, word]);
      await page.keyboard.press("Escape");
      assert.equal((await told(page)).text, "");
      await page.keyboard.type(word);
      await page.locator(options).first().waitFor();
    }));

  test("opens the list again on an arrow", () =>
    open(somePage, async (page) => {
      await suggest(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("ArrowDown");
      await page.locator(options).first().waitFor();
    }));

  test("closes the list on Tab, which goes on to the button", () =>
    open(somePage, async (page) => {
      await suggest(page);
      await page.keyboard.press("Tab");
      assert.ok(await hasFocus(page, "form[data-ricerca] button"));
      assert.equal(await page.locator(`${options}:visible`).count(), 0);
      assert.equal(await page.locator("[role=combobox]").getAttribute("aria-expanded"), "false");
    }));

  test("opens the page that is clicked, and keeps the focus until then", () =>
    open(somePage, async (page) => {
      await suggest(page);
      await page.locator(options).nth(1).hover();
      await page.mouse.down();
      assert.ok(await hasFocus(page, "[role=combobox]"));
      await page.mouse.up();
      await page.waitForURL(/evidenzia=/);
    }));
});

describe("what is said aloud", () => {
  /** The text of the live region of the header, and of the search page. */
  const spoken = "form[data-ricerca] [role=status]";
  const state = "#ricerca-stato";
  const textOf = (page, selector) => page.locator(selector).evaluate((region) => region.textContent);
  const said = (page, selector, pattern) =>
    page.waitForFunction(
      ([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector).textContent),
      [selector, pattern],
    );

  test("is the number of suggestions, once it has been quiet for half a second", () =>
    open(
      somePage,
      async (page) => {
        await page.clock.pauseAt(Date.now() + 60_000);
        await page.keyboard.press("Control+k");
        // The search comes with the focus; a clock that stands still would keep it from beginning later.
        await page.locator("[role=combobox]").waitFor();
        await page.keyboard.type(word);
        await page.clock.runFor(120);
        await page.locator(options).first().waitFor();
        await page.clock.runFor(400);
        await page.keyboard.type("i");
        await page.clock.runFor(120);
        await page.waitForFunction(() =>
          /convenzi/i.test(document.querySelector("[role=option] mark")?.textContent),
        );
        assert.equal(await textOf(page, spoken), "", "it speaks while the reader types");
        await page.clock.runFor(500);
        const { count } = await told(page);
        assert.equal(await textOf(page, spoken), `Suggerimenti: ${count}. Usa le frecce per scorrerli.`);
        await page.keyboard.press("Escape");
        await page.clock.runFor(500);
        assert.equal(await textOf(page, spoken), "", "it speaks of a list that is closed");
      },
      (page) => page.clock.install(),
    ));

  test("is that there are no suggestions", () =>
    open(somePage, async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("zzzzqqqq");
      await said(page, spoken, "^Nessun suggerimento$");
      assert.equal((await told(page)).expanded, "false");
    }));

  test("is the number of results", () =>
    open(`${searchPage}?q=convenzione`, (page) => said(page, state, "^\\d+ risultati per «convenzione»$")));

  test("is that there is one result", () =>
    open(`${searchPage}?q=${encodeURIComponent('"Analisi SWOT"')}`, async (page) => {
      await said(page, state, "risultat");
      const count = await page.locator(results).count();
      const text = await textOf(page, state);
      assert.match(text, count === 1 ? /^1 risultato per/ : new RegExp(`^${count} risultati per`));
    }));

  test("is that there is no result", () =>
    open(`${searchPage}?q=zzzzqqqq`, (page) => said(page, state, "^Nessun risultato per «zzzzqqqq»$")));

  test("is that the search goes on, when the index is slow", () =>
    open(
      `${searchPage}?q=convenzione`,
      async (page) => {
        await said(page, state, "^Ricerca in corso…$");
        page.answer();
        await said(page, state, "^\\d+ risultati per «convenzione»$");
      },
      async (page) => {
        const answered = new Promise((resolve) => (page.answer = resolve));
        await page.route("**/ricerca/*.js*", async (route) => {
          await answered;
          await route.continue();
        });
      },
    ));

  test("is that the search does not work, when the index cannot be had", () =>
    open(
      `${searchPage}?q=convenzione`,
      async (page) => {
        await said(page, state, "^La ricerca non è disponibile");
        assert.ok(await page.locator("main a[href$='a-z/index.html']").isVisible());
      },
      (page) => page.route("**/ricerca/*.js*", (route) => route.abort()),
    ));

  test("is nothing of suggestions then, and the form still leads to the search page", () =>
    open(
      somePage,
      async (page) => {
        await page.keyboard.press("Control+k");
        await page.keyboard.type(word);
        await page.keyboard.press("Enter");
        await page.waitForURL((address) => address.pathname === `/${searchPage}`);
      },
      (page) => page.route("**/ricerca/*.js*", (route) => route.abort()),
    ));
});

describe("the search page", () => {
  const filter = (page, name, value) =>
    page.locator(`#ricerca-filtri input[name="${name}"][value="${value}"]`);
  const numberOf = (box) => box.locator("xpath=..").locator(".ricerca-numero").innerText();
  const shown = async (page) => {
    const status = await page.locator("#ricerca-stato").innerText();
    return Number(/^(\d+) risultat/.exec(status)?.[1] ?? 0);
  };

  test("counts what each filter would leave, and leaves as many", () =>
    open(`${searchPage}?q=convenzione`, async (page) => {
      const box = filter(page, "argomenti", "Europa");
      await page.locator(".ricerca-numero:not(:empty)").first().waitFor({ state: "attached" });
      const before = Number(await numberOf(box));
      const other = Number(await numberOf(filter(page, "tipo", "Norma")));
      await box.check();
      await page.waitForFunction(
        (count) => document.querySelector("#ricerca-stato").textContent.startsWith(`${count} `),
        before,
      );
      assert.ok(
        Number(await numberOf(filter(page, "tipo", "Norma"))) < other,
        "the other counts do not follow",
      );
      assert.equal(Number(await numberOf(box)), before, "its own count changed");
      await page.locator("main input[name=q]").fill("gara");
      await page.waitForFunction(() =>
        document.querySelector("#ricerca-stato").textContent.includes("«gara»"),
      );
      assert.equal(Number(await numberOf(box)), await shown(page), "the counts do not follow the question");
    }));

  test("has an address that says what is asked, and answers it again", () =>
    open(`${searchPage}?q=convenzione`, async (page) => {
      await filter(page, "argomenti", "Europa").check();
      await filter(page, "tipo", "Modello").check();
      await page.waitForFunction(() => location.search.includes("tipo=Modello"));
      const address = page.url();
      const titles = () => page.locator(`${results} h2`).allInnerTexts();
      const expected = await page
        .waitForFunction(() => document.querySelector("#ricerca-stato").textContent)
        .then(titles);
      await page.goto(url);
      await page.goto(address);
      await page.locator(results).first().waitFor();
      assert.deepEqual(await titles(), expected);
      assert.ok(await filter(page, "argomenti", "Europa").isChecked());
      assert.ok(await filter(page, "tipo", "Modello").isChecked());
      assert.equal(page.url(), address);
    }));

  test("keeps the focus: further results get it, and the field when the filters are taken away", () =>
    open(`${searchPage}?q=convenzione`, async (page) => {
      const more = page.locator(".ricerca-altri");
      await more.focus();
      const before = await page.locator(results).count();
      await page.keyboard.press("Enter");
      await page.locator(results).nth(before).waitFor();
      const place = await page.evaluate(() => {
        const item = document.activeElement.closest("li");
        return item ? [...item.parentElement.children].indexOf(item) : -1;
      });
      assert.equal(place, before);
      await filter(page, "argomenti", "Europa").focus();
      await page.keyboard.press("Space");
      await page.locator("#ricerca-filtri .ricerca-togli-filtri").waitFor();
      assert.ok(await hasFocus(page, "input[value=Europa]"), "the filter lost the focus");
      await page.locator("#ricerca-filtri .ricerca-togli-filtri").focus();
      await page.keyboard.press("Enter");
      await page.locator("#ricerca-filtri .ricerca-togli-filtri").waitFor({ state: "hidden" });
      assert.ok(await hasFocus(page, "main input[name=q]"), "the focus was lost");
    }));

  test("keeps the focus on a filter that would leave nothing", () =>
    open(`${searchPage}?q=rup&tipo=Modello&argomenti=Europa`, async (page) => {
      const box = filter(page, "argomenti", "Europa");
      await box.waitFor();
      await box.focus();
      await page.keyboard.press("Space");
      await page.waitForFunction(() => !location.search.includes("argomenti"));
      await page.waitForFunction(() => document.querySelector("#ricerca-stato").textContent);
      assert.ok(await hasFocus(page, "input[value=Europa]"));
    }));

  test("says how to go on when there is no result", () =>
    open(`${searchPage}?q=zzzzqqqq`, async (page) => {
      const hint = page.locator("#ricerca-risultati");
      await hint.getByText("Controlla come è scritto").waitFor();
      assert.ok(await page.locator("main nav a[href$='glossario/index.html']").isVisible());
      await hint.getByRole("link", { name: "Indice dalla A alla Z" }).click();
      await page.waitForURL(/ricerca\/a-z\/index\.html$/);
    }));

  test("names the words that no page contains", () =>
    open(`${searchPage}?q=convenzione+oroscopo`, (page) =>
      page.getByText("Nessuna pagina contiene: oroscopo", { exact: true }).waitFor(),
    ));

  test("offers the filters that leave no result to be taken away", () =>
    open(`${searchPage}?q=treviso&regione=Marche&argomenti=Appalti`, async (page) => {
      const button = page.locator("#ricerca-risultati button");
      await button.first().waitFor();
      await page.waitForFunction(() =>
        /^Nessun risultato per «treviso» con questi filtri$/.test(
          document.querySelector("#ricerca-stato").textContent,
        ),
      );
      const names = await button.allInnerTexts();
      assert.match(names[0], /^Togli il filtro «Marche» \(\d+\)$/);
      assert.equal(names.length, 1, "a filter is offered that changes nothing");
      await button.focus();
      await page.keyboard.press("Enter");
      const left = Number(/\d+/.exec(names[0]));
      await page.waitForFunction(
        (left) => document.querySelector("#ricerca-stato").textContent.startsWith(`${left} `),
        left,
      );
      assert.ok(await hasFocus(page, "main input[name=q]"), "the focus was lost");
      assert.equal(new URL(page.url()).search, "?q=treviso&argomenti=Appalti");
    }));
});

describe("the shortcuts", () => {
  test("Ctrl+K and / lead to the field", () =>
    open(somePage, async (page) => {
      await page.keyboard.press("/");
      assert.ok(await hasFocus(page, "form[role=search] input"));
      await page.keyboard.type("a/b");
      assert.equal((await told(page)).text, "a/b", "in the field / is a letter");
      await page.locator("header .tema select").focus();
      await page.keyboard.press("/");
      assert.ok(await hasFocus(page, "select"), "another field lost the focus");
      await page.keyboard.press("Control+k");
      assert.ok(await hasFocus(page, "form[role=search] input"));
    }));

  test("/ can be switched off, and stays so", () =>
    open(searchPage, async (page) => {
      await page.locator("#ricerca-scorciatoie input").uncheck();
      await page.goto(url + somePage);
      await page.keyboard.press("/");
      assert.ok(!(await hasFocus(page, "form[role=search] input")));
      await page.keyboard.press("Control+k");
      assert.ok(await hasFocus(page, "form[role=search] input"));
    }));
});

test("the words that led to a page are marked there, until the reader removes the marks", () =>
  open(`${searchPage}?q=convenzione`, async (page) => {
    await page.locator(`${results} h2 a`).first().click();
    await page.waitForURL(/evidenzia=/);
    const marks = page.locator("main mark.evidenziata");
    assert.match((await marks.first().innerText()).toLowerCase(), /^convenzion/);
    const text = () => page.locator("main article").innerText();
    const marked = await text();
    await page.locator(".evidenzia-avviso button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await marks.count(), 0);
    assert.equal(await text(), marked, "the text changed with the marks");
    assert.ok(!page.url().includes("evidenzia"), page.url());
    assert.ok(await hasFocus(page, "main"), "the focus was lost");
  }));
