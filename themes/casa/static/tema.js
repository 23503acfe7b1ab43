// Runs before the first paint: says that scripts work and applies the theme the reader has chosen, so that the page never flashes.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var tema = localStorage.getItem("tema");
    if (tema === "chiaro" || tema === "scuro") root.dataset.tema = tema;
  } catch (error) {
    // Storage can be forbidden: the theme of the system is used.
  }
})();
