// Tables of data: a column sorts when its head is pressed, and long tables have a field that filters their rows. Without this script
// the table is the same, in the order of its collection.
(function () {
  "use strict";
  var FEW = 12;
  var script = /** @type {HTMLScriptElement} */ (document.currentScript);
  var words = script.dataset;
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

  /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table[data-tabella]")).forEach(function (table) {
    if (table.tBodies[0].rows.length < 3) return;
    Array.from(/** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells).forEach(function (head) {
      sortable(table, head);
    });
    if (table.tBodies[0].rows.length > FEW) filterable(table);
  });

  /** @param {HTMLTableElement} table @param {HTMLTableCellElement} head */
  function sortable(table, head) {
    var button = document.createElement("button");
    button.type = "button";
    button.title = words.ordina + ": " + head.textContent;
    button.append.apply(button, Array.from(head.childNodes));
    head.append(button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      Array.from(/** @type {HTMLTableRowElement} */ (head.parentElement).cells).forEach(function (other) {
        other.removeAttribute("aria-sort");
      });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(table.tBodies[0], head.cellIndex, down);
    });
  }

  /** Rows without a value come last in either order. @param {HTMLTableSectionElement} body @param {number} column @param {boolean} down */
  function sort(body, column, down) {
    var rows = Array.from(body.rows).map(function (row) {
      var cell = row.cells[column];
      return { row: row, key: cell.dataset.ordine || cell.textContent || "" };
    });
    rows.sort(function (left, right) {
      if (!left.key || !right.key) return left.key ? -1 : right.key ? 1 : 0;
      var order = compare(left.key, right.key);
      return down ? -order : order;
    });
    rows.forEach(function (entry) {
      body.append(entry.row);
    });
  }

  /** @param {string} left @param {string} right */
  function compare(left, right) {
    var numbers = [Number(left), Number(right)];
    return isNaN(numbers[0]) || isNaN(numbers[1]) ? collator.compare(left, right) : numbers[0] - numbers[1];
  }

  /** @param {HTMLTableElement} table */
  function filterable(table) {
    var box = document.createElement("p");
    var label = document.createElement("label");
    var field = document.createElement("input");
    var status = document.createElement("output");
    box.className = "table-filter";
    field.type = "search";
    field.autocomplete = "off";
    field.id = table.id + "_filtro";
    label.append(words.filtra || "", field);
    label.htmlFor = field.id;
    status.htmlFor.add(field.id, table.id);
    box.append(label, status);
    /** @type {HTMLElement} */ (table.parentElement).before(box);
    var rows = Array.from(table.tBodies[0].rows).map(function (row) {
      return { row: row, text: plain(row.textContent || "") };
    });
    field.addEventListener("input", function () {
      var wanted = plain(field.value).split(/\s+/);
      var shown = rows.filter(function (entry) {
        entry.row.hidden = !wanted.every(function (word) {
          return entry.text.includes(word);
        });
        return !entry.row.hidden;
      });
      status.textContent = shown.length + " " + words.righe + " " + rows.length;
    });
  }

  /** Lower case, without accents. @param {string} text */
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
})();
