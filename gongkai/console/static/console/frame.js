/**
 * On a phone the menu is one line that scrolls: bring the current place into view.
 *
 * @example
 * <nav class="gk-menu"><ul><li><a href="/console/" aria-current="page">…</a></li></ul></nav>
 */
const menu = document.querySelector(".gk-menu");
const current = menu?.querySelector("[aria-current]");
if (menu && current && menu.scrollWidth > menu.clientWidth) {
  menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;
}
