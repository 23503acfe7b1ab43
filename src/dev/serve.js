// The browser's half of `vasta serve`: looks again when the site was built anew, where the reader
// was, and shows what is wrong over the last good page.
(function () {
  "use strict";
  const seen = new URL(document.currentScript.src).searchParams.get("version");
  const events = new EventSource("/__vasta/events?seen=" + seen);
  let board = null;

  events.addEventListener("pages", () => location.reload());

  // A style sheet is loaded beside the old one, which goes when the new one is there: nothing flashes.
  events.addEventListener("styles", (event) => {
    clear();
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const link = old.cloneNode();
      link.href = old.href.split("?")[0] + "?v=" + event.lastEventId;
      link.addEventListener("load", () => old.remove());
      old.after(link);
    }
  });

  events.addEventListener("problems", (event) => {
    clear();
    board = document.createElement("section");
    board.setAttribute("role", "alert");
    board.tabIndex = 0;
    const text = document.createElement("pre");
    text.textContent = event.data;
    board.append(text);
    Object.assign(board.style, {
      position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", zIndex: "9999",
      padding: "1rem 1.5rem", background: "#17171a", color: "#f5f5f5", borderTop: "4px solid #e5484d",
    });
    Object.assign(text.style, { margin: "0", font: "14px/1.5 ui-monospace, monospace", whiteSpace: "pre" });
    document.body.append(board);
  });

  function clear() {
    if (board) board.remove();
    board = null;
  }
})();
