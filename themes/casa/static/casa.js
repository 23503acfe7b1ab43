// The small comforts of the theme: choice of colours, menu on narrow screens, index of the page. Everything works without it, only less comfortably.
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
