// A page as those go through it who have no mouse: stop by stop, with the Tab key.

/** Presses Tab until the focus has left the page, or is where it began, and looks at each stop. */
export async function tour(page) {
  const stops = [];
  while (stops.length < 500) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(lookAtFocus);
    if (!stop || (stops.length > 0 && stop.isFirst)) return stops;
    stops.push(stop);
  }
  return [...stops, { faults: ["the focus never leaves the page"] }];
}

async function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  window.firstStop ??= element;
  const styles = [null, "::before", "::after"].map((part) => getComputedStyle(element, part));
  // The browser's own ring is wider than it says.
  const hasRing = styles.some(
    ({ outlineStyle, outlineWidth }) =>
      outlineStyle === "auto" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2),
  );
  // WCAG 2.4.11 and 2.4.12: nothing covers what is in sight of a box. Lines of text may overlap by a few pixels.
  const isSeen = () => {
    const box = [...element.getClientRects()].find((box) => box.width > 0 && box.height > 0);
    if (!box) return false;
    const inside = (from, to, limit) => {
      const [first, last] = [Math.max(from, 0), Math.min(to, limit)];
      return [first + (last - first) / 4, last - (last - first) / 4];
    };
    const [left, right] = inside(box.left, box.right, innerWidth);
    const [top, bottom] = inside(box.top, box.bottom, innerHeight);
    const parts = [element, ...(element.labels ?? [])];
    const isOurs = (on) => on && parts.some((part) => part.contains(on) || on.contains(part));
    const corners = [left, right].flatMap((x) => [top, bottom].map((y) => [x, y]));
    return (
      left < right && top < bottom && corners.every((corner) => isOurs(document.elementFromPoint(...corner)))
    );
  };
  // The page may still be on its way to what has the focus.
  for (let turn = 0; turn < 10 && !isSeen(); turn++) await new Promise((later) => setTimeout(later, 50));
  const wrong = [...(hasRing ? [] : ["no ring"]), ...(isSeen() ? [] : ["covered or out of sight"])];
  return {
    href: element.getAttribute("href"),
    isFirst: element === window.firstStop,
    faults: wrong.map((fault) => `${fault}: ${element.outerHTML.slice(0, 120)}`),
  };
}
