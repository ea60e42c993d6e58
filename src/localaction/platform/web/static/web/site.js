// Local Action: theme, tabs, drawer. Every page is complete without it.
const root = document.documentElement;

// Theme: a cookie, so that the server writes it into the page and nothing flickers.
for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const chosen = root.dataset.theme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
  });
}

// Heavy typefaces come once the page stands; until then the system's are shown.
const late = document.querySelector("link[data-late]");
if (late) addEventListener("load", () => setTimeout(() => {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = late.dataset.late;
  document.head.append(sheet);
}), { once: true });

// Menus close with Escape and when something else is pressed.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// Drawer: an opener shows it and moves focus to its title; closing gives focus back.
let opener = null;
document.addEventListener("click", (event) => {
  const open = event.target.closest("[data-open]");
  const drawer = open && document.getElementById(open.dataset.open);
  if (drawer) {
    event.preventDefault();
    opener = open;
    drawer.hidden = false;
    drawer.querySelector("h2").focus();
  }
  const close = event.target.closest("[data-close]");
  if (close) {
    event.preventDefault();
    close.closest(".drawer").hidden = true;
    (opener ?? document.querySelector(".is-sel"))?.focus();
  }
});

// <div class="tabs" data-tabs> of links to parts of the page becomes a tab list: arrows move, one part shows.
function tabs(list) {
  const all = [...list.querySelectorAll("a[href^='#']")];
  const panel = (tab) => document.getElementById(tab.hash.slice(1));
  const choose = (tab, focus) => {
    for (const each of all) {
      const on = each === tab;
      each.setAttribute("aria-selected", on);
      each.tabIndex = on ? 0 : -1;
      panel(each).hidden = !on;
    }
    if (focus) tab.focus();
  };
  list.setAttribute("role", "tablist");
  for (const tab of all) {
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel(tab).id);
    panel(tab).setAttribute("role", "tabpanel");
    panel(tab).setAttribute("aria-label", tab.textContent);
  }
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("a");
    if (all.includes(tab)) { event.preventDefault(); choose(tab, true); }
  });
  list.addEventListener("keydown", (event) => {
    const at = all.indexOf(document.activeElement);
    const way = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: way, ArrowLeft: -way }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    choose(all[(at + step + all.length) % all.length], true);
  });
  choose(all.find((tab) => tab.hash === location.hash) ?? all[0]);
}
document.querySelectorAll("[data-tabs]").forEach(tabs);

// The summary of errors takes focus when the page arrives with one.
document.querySelector("[data-focus]")?.focus();

// A print button is of use only where scripts run.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
