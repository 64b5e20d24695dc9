/**
 * Rows of input tables: add one, and paste a block from a spreadsheet over several cells.
 *
 * @example
 * <table data-rows="results"><tbody><tr><th>1</th><td><input name="t_results-0-person"></td></tr></tbody></table>
 * <button type="button" data-add-row="results" hidden>再加一行</button>
 */

/** @param {HTMLTableElement} table @returns {HTMLTableRowElement} the new last row, empty */
function addRow(table) {
  const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1];
  const row = /** @type {HTMLTableRowElement} */ (last.cloneNode(true));
  const number = table.tBodies[0].rows.length;
  row.cells[0].textContent = String(number + 1);
  for (const input of row.querySelectorAll("input")) {
    input.name = input.name.replace(/-\d+-/, `-${number}-`);
    if (input.id) input.id = input.id.replace(/-\d+$/, `-${number + 1}`);
    input.value = "";
  }
  table.tBodies[0].append(row);
  return row;
}

/** @param {ClipboardEvent} event */
function pasteBlock(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const table = input.closest("table");
  const firstRow = /** @type {HTMLTableRowElement} */ (input.closest("tr")).sectionRowIndex;
  const firstCell = /** @type {HTMLTableCellElement} */ (input.closest("td")).cellIndex;
  text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
    const row = table.tBodies[0].rows[firstRow + down] ?? addRow(table);
    line.split("\t").forEach((value, across) => {
      const cell = row.cells[firstCell + across]?.querySelector("input");
      if (cell) cell.value = value.trim();
    });
  });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const table of document.querySelectorAll("table[data-rows]")) {
  table.addEventListener("paste", pasteBlock);
}
for (const button of document.querySelectorAll("button[data-add-row]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const table = document.querySelector(`table[data-rows="${button.dataset.addRow}"]`);
    addRow(table).querySelector("input")?.focus();
  });
}

/* The rich text editor writes into the form a quarter of a second after the last key: a form that
   is sent sooner would lose the last words, so it waits. */
const form = document.querySelector("#draft-form");
let typedAt = -Infinity;
for (const name of ["keydown", "beforeinput", "compositionend", "paste", "drop", "click"]) {
  form?.addEventListener(name, (event) => {
    if (event.target.closest(".Draftail-Editor")) typedAt = performance.now();
  }, { capture: true });
}
form?.addEventListener("submit", (event) => {
  if (performance.now() - typedAt > 500) return;
  event.preventDefault();
  const button = event.submitter;
  setTimeout(() => form.requestSubmit(button), 500);
});
