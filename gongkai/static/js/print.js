/**
 * Shows the print button where there is script, and prints.
 *
 *   <button type="button" data-print hidden>打印</button>
 */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
