// The small comforts of the theme: choice of colours, menu on narrow screens, index of the page, keys and tools. Everything works without it, only less
// comfortably. It also loads the script of the search, which is large, when somebody is about to search.
(function () {
  "use strict";
  var root = document.documentElement;
  var narrow = window.matchMedia("(max-width: 61.99em)");

  chooseTheme(/** @type {HTMLSelectElement | null} */ (document.getElementById("casa_tema")));
  var menu = /** @type {HTMLElement | null} */ (document.querySelector("button.menu"));
  if (menu) openMenu(menu);
  /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details[data-piega]")).forEach(fold);
  followHeadings(document.querySelector(".it-navscroll-wrapper"));
  unfoldForPrint();
  offerTools(/** @type {HTMLElement | null} */ (document.querySelector("[data-strumenti]")));
  guessQuestion(document.querySelector("[data-smarrita] form[role=search] input"));
  var field = /** @type {HTMLInputElement | null} */ (document.querySelector("form[role=search] input"));
  if (field) {
    loadSearch(field, /** @type {HTMLElement | null} */ (document.getElementById("casa_ricerca")));
    listenForKeys(field, /** @type {HTMLElement | null} */ (document.getElementById("ricerca-scorciatoie")));
  }

  /**
   * The choice is kept in localStorage under `tema`; `tema.js` applies it before the next page is painted.
   * @param {HTMLSelectElement | null} select
   */
  function chooseTheme(select) {
    if (!select) return;
    select.value = root.dataset.tema || "auto";
    select.addEventListener("change", function () {
      if (select.value === "auto") delete root.dataset.tema;
      else root.dataset.tema = select.value;
      try {
        localStorage.setItem("tema", select.value);
      } catch (error) {
        // Storage can be forbidden: the choice lasts for this page.
      }
    });
  }

  /** @param {HTMLElement} button */
  function openMenu(button) {
    var list = /** @type {HTMLElement} */ (document.getElementById(button.getAttribute("aria-controls") || ""));
    /** @param {boolean} open */
    function show(open) {
      button.setAttribute("aria-expanded", String(open));
      list.classList.toggle("aperto", open);
    }
    button.addEventListener("click", function () {
      show(button.getAttribute("aria-expanded") !== "true");
    });
    /** @type {HTMLElement} */ (button.parentElement).addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
      show(false);
      button.focus();
    });
  }

  /** Open where it stands beside the text, folded where it stands above it. @param {HTMLDetailsElement} details */
  function fold(details) {
    function fit() {
      details.open = !narrow.matches;
    }
    fit();
    details.classList.add("pronto");
    narrow.addEventListener("change", fit);
  }

  /** In the index, the entry of the heading being read has aria-current. @param {Element | null} index */
  function followHeadings(index) {
    if (!index || !("IntersectionObserver" in window)) return;
    /** @type {Map<HTMLElement, HTMLAnchorElement>} */
    var entries = new Map();
    index.querySelectorAll("a").forEach(function (link) {
      var heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) entries.set(heading, link);
    });
    var current = /** @type {HTMLAnchorElement | null} */ (null);
    function mark() {
      var reading = /** @type {HTMLAnchorElement | null} */ (null);
      entries.forEach(function (link, heading) {
        if (heading.getBoundingClientRect().top < window.innerHeight * 0.3) reading = link;
      });
      if (reading === current) return;
      if (current) current.removeAttribute("aria-current");
      if (reading) reading.setAttribute("aria-current", "location");
      current = reading;
    }
    var observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
    entries.forEach(function (link, heading) {
      observer.observe(heading);
    });
  }

  /** Where no page is, the words of the address are the first question. @param {HTMLInputElement | null} field */
  function guessQuestion(field) {
    if (!field || /404\.html$/.test(location.pathname)) return;
    var words = location.pathname.replace(/index\.html$|\.html$/, "").split("/").filter(Boolean).pop() || "";
    try {
      field.value = decodeURIComponent(words).replace(/[-_+.]+/g, " ").trim();
    } catch (error) {
      // An address that cannot be read is no question.
    }
  }

  /**
   * On the first focus of the field; at once where an address asks a question, or names words to be marked.
   * @param {HTMLInputElement} field @param {HTMLElement | null} settings
   */
  function loadSearch(field, settings) {
    if (!settings) return;
    var isLoading = false;
    function load() {
      if (isLoading) return;
      isLoading = true;
      var script = document.createElement("script");
      script.src = /** @type {HTMLElement} */ (settings).dataset.src || "";
      // The next focus tries again.
      script.onerror = function () {
        isLoading = false;
      };
      document.head.append(script);
    }
    field.addEventListener("focus", load);
    var isAsked = document.querySelector("[data-ricerca-pagina]") && location.search.length > 1;
    if (isAsked || /[?&]evidenzia=/.test(location.search) || field === document.activeElement) load();
  }

  /**
   * Ctrl+K, ⌘+K and / lead to the search field. The last can be switched off: speech users and others may press it unawares.
   * @param {HTMLInputElement} field @param {HTMLElement | null} choice
   */
  function listenForKeys(field, choice) {
    var key = "scorciatoie";
    function slashIsOn() {
      try {
        return localStorage.getItem(key) !== "no";
      } catch (error) {
        return true;
      }
    }
    document.addEventListener("keydown", function (event) {
      var target = /** @type {HTMLElement} */ (event.target);
      var isInField = target.closest && target.closest("input, textarea, select, [contenteditable]");
      var hasCommand = event.ctrlKey || event.metaKey;
      var isCommandK = hasCommand && !event.shiftKey && event.key.toLowerCase() === "k";
      var isSlash = !hasCommand && event.key === "/" && !isInField && slashIsOn();
      if (event.altKey || (!isCommandK && !isSlash)) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
    var box = choice && choice.querySelector("input");
    if (!choice || !box) return;
    choice.hidden = false;
    box.checked = slashIsOn();
    box.addEventListener("change", function () {
      var box = /** @type {HTMLInputElement} */ (this);
      try {
        localStorage.setItem(key, box.checked ? "sì" : "no");
      } catch (error) {
        box.checked = true;
      }
    });
  }

  /** Printing, and the address of the page in the clipboard. @param {HTMLElement | null} tools */
  function offerTools(tools) {
    if (!tools) return;
    var print = /** @type {HTMLElement} */ (tools.querySelector("[data-stampa]"));
    var copy = /** @type {HTMLElement} */ (tools.querySelector("[data-copia]"));
    var said = /** @type {HTMLElement} */ (tools.querySelector("[role=status]"));
    print.addEventListener("click", function () {
      window.print();
    });
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(location.href.replace(/[?#].*/, "")).then(function () {
        said.textContent = copy.dataset.copia || "";
      });
    });
    // Pages opened from the disk have no clipboard everywhere.
    copy.hidden = !navigator.clipboard;
  }

  // On paper nothing is folded; afterwards the page is as it was.
  function unfoldForPrint() {
    /** @type {HTMLDetailsElement[]} */
    var opened = [];
    window.addEventListener("beforeprint", function () {
      opened = Array.from(/** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:not([open])")));
      opened.forEach(function (details) {
        details.open = true;
      });
    });
    window.addEventListener("afterprint", function () {
      opened.forEach(function (details) {
        details.open = false;
      });
    });
  }
})();
