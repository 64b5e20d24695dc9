/**
 * Remembers the chosen view (large print, high contrast, dark) on this device, without a cookie.
 *
 * Without script the links lead to /elder/…, /contrast/…, /dark/…, and stay there. With script the
 * choice is kept in localStorage and applied to the canonical addresses as a class of <html>.
 *
 *   <ul data-view-choices>
 *     <li><a href="/elder/" data-view="elder">大字</a></li>
 *   </ul>
 */

const KEY = "gongkai-view";
const VIEWS = ["elder", "contrast", "dark"];
const root = document.documentElement;

/** @returns {string} the remembered view, "" for the plain one */
function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} view @returns {boolean} whether it could be remembered */
function remember(view) {
  try {
    localStorage.setItem(KEY, view);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} view */
function apply(view) {
  for (const name of VIEWS) root.classList.toggle(`view-${name}`, name === view);
}

/** @param {string} view */
function markCurrent(view) {
  for (const link of document.querySelectorAll("[data-view-choices] [data-view]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** @param {MouseEvent} event */
function choose(event) {
  const link = event.target.closest?.("[data-view-choices] [data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!remember(link.dataset.view)) return;
  if (root.dataset.addressView) return; // the address decides: follow the link
  event.preventDefault();
  apply(link.dataset.view);
  markCurrent(link.dataset.view);
}

const addressed = root.dataset.addressView ?? "";
if (!addressed) apply(remembered());
document.addEventListener("DOMContentLoaded", () => markCurrent(addressed || remembered()));
document.addEventListener("click", choose);
