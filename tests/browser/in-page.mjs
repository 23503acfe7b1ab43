// What more than one test asks of a page. The functions run in the page.

// The names of the columns of a table sort it on a screen.
export const furniture = "body > nav, header nav, footer nav, form, select, button:not(th button)";

/** What is shown of the elements that a selector finds. */
export function shown(selector) {
  const all = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  return all.map((element) => element.outerHTML.slice(0, 120));
}

/** WCAG 1.4.10: what makes the page wider than its window, innermost first. */
export function wideElements() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
  );
  const innermost = wide.filter(
    (element) => !wide.some((other) => other !== element && element.contains(other)),
  );
  return [
    `${root.scrollWidth} px wide`,
    ...innermost.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
  ];
}
