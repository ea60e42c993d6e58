// Local Action, the desk: arrow keys in the matrix, the drawer, what to say when a request fails.
// Every page is complete without this file; htmx fetches parts of it when scripts run.
const editor = document.querySelector("[data-editor]");
const trouble = document.getElementById("trouble");
const drawer = () => document.getElementById("drawer");
const words = trouble?.dataset ?? {};
const GAP = 16; // what the drawer keeps above itself when it stays in view

// ---------- the matrix as a grid: one stop for Tab, arrows between cells ----------
const grid = { ref: null };
const cellsOf = (table) => [...table.querySelectorAll("a.cell[data-ref]")];
const position = (cell) => ({ row: cell.closest("tr"), column: [...cell.closest("tr").children].indexOf(cell.closest("td")) });
const isShown = (cell) => cell.getClientRects().length > 0;

function makeGrid() {
  const table = document.querySelector("[data-editor] table.mx");
  if (!table || table.dataset.grid) return;
  table.dataset.grid = "on";
  table.setAttribute("role", "grid");
  for (const cell of table.querySelectorAll('td[role="cell"]')) cell.setAttribute("role", "gridcell");
  const cells = cellsOf(table);
  const first = cells.find((cell) => cell.dataset.ref === grid.ref) ?? cells.find((cell) => cell.matches(".is-sel")) ?? cells[0];
  for (const cell of cells) cell.tabIndex = cell === first ? 0 : -1;
  table.addEventListener("keydown", moveInGrid);
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("a.cell[data-ref]");
    if (cell) rove(table, cell);
  });
  markSelected();
}

function rove(table, cell) {
  for (const other of cellsOf(table)) other.tabIndex = other === cell ? 0 : -1;
  grid.ref = cell.dataset.ref;
}

function moveInGrid(event) {
  const cell = event.target.closest("a.cell[data-ref]");
  if (!cell || event.altKey || event.metaKey) return;
  const way = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  const next = neighbour(event, cell, way);
  if (event.key === " ") { event.preventDefault(); cell.click(); return; }
  if (next === undefined) return;
  event.preventDefault();
  next?.focus();
}

function neighbour(event, cell, way) {
  const table = event.currentTarget;
  const { row } = position(cell);
  const inRow = cellsOf(row).filter(isShown);
  const at = inRow.indexOf(cell);
  const all = cellsOf(table).filter(isShown);
  switch (event.key) {
    case "ArrowRight": return inRow[at + way] ?? null;
    case "ArrowLeft": return inRow[at - way] ?? null;
    case "ArrowDown": return vertical(table, cell, 1);
    case "ArrowUp": return vertical(table, cell, -1);
    case "Home": return event.ctrlKey ? all[0] : inRow[0];
    case "End": return event.ctrlKey ? all.at(-1) : inRow.at(-1);
    case "PageDown": return vertical(table, cell, 8);
    case "PageUp": return vertical(table, cell, -8);
    default: return undefined;
  }
}

function vertical(table, cell, steps) {
  const { row, column } = position(cell);
  const rows = [...table.querySelectorAll("tbody tr")].filter((each) => cellsOf(each).some(isShown));
  const target = Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + steps));
  const candidates = cellsOf(rows[target]);
  return candidates.reduce((best, each) =>
    Math.abs(position(each).column - column) < Math.abs(position(best).column - column) ? each : best, candidates[0]);
}

function markSelected() {
  const open = drawer()?.hidden === false ? drawer().dataset.ref : null;
  for (const cell of document.querySelectorAll("[data-editor] a.cell[data-ref]")) {
    const chosen = cell.dataset.ref === open;
    cell.classList.toggle("is-sel", chosen);
    if (chosen) cell.setAttribute("aria-current", "true"); else cell.removeAttribute("aria-current");
  }
}

// ---------- the drawer: opens with focus on its title, closes back to the cell ----------
function arrive(part) {
  const fields = part.querySelectorAll(".row-form :is(select, textarea, input:not([type=hidden], [name=mode]))");
  const target = part.querySelector("[data-focus]") ?? [...fields].find(isShown) ?? part.querySelector("[data-landing]") ?? part.querySelector("h2");
  const beside = matchMedia("(min-width: 68rem)").matches;
  target?.focus({ preventScroll: true });
  if (!beside) scrollTo(0, 0);
  else if (part.getBoundingClientRect().top > GAP) scrollBy({ top: part.getBoundingClientRect().top - GAP });
}

function closeDrawer() {
  const open = drawer();
  if (!open || open.hidden || !mayLeave(open)) return;
  const ref = open.dataset.ref;
  open.hidden = true;
  open.replaceChildren();
  history.pushState({ htmx: true }, "", editor.dataset.editor);
  markSelected();
  const cell = document.getElementById(`c-${ref}`);
  const fold = cell?.closest("tbody")?.querySelector(".mx-fold input");
  if (fold) fold.checked = true;
  (cell && isShown(cell) ? cell : document.querySelector("[data-editor] a.cell[tabindex='0']"))?.focus();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close-drawer]") || !editor) return;
  event.preventDefault();
  closeDrawer();
});
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !editor) return;
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape") closeDrawer();
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !typing) {
    const undo = document.querySelector("[data-undo-last]");
    if (undo && !document.querySelector(".row-form")) { event.preventDefault(); undo.requestSubmit(); }
  }
});

// ---------- what is typed is not lost ----------
const typed = (form) => new URLSearchParams(new FormData(form)).toString();
function remember(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) form.dataset.was ??= form.dataset.keep === "changed" ? "-" : typed(form);
}
const dirty = (root) => [...root.querySelectorAll("form[data-keep]")].some((form) => form.dataset.was !== typed(form));
const mayLeave = (root) => !dirty(root) || confirm(words.unsaved);
let leaving = false;
document.addEventListener("submit", () => { leaving = true; setTimeout(() => { leaving = false; }, 2000); }, true);
addEventListener("beforeunload", (event) => { if (!leaving && dirty(document)) event.preventDefault(); });
document.addEventListener("htmx:confirm", (event) => {
  const open = drawer();
  const leaves = event.target.closest("a.cell[data-ref], [data-leaves], form:not(.row-form)");
  if (open && leaves && !open.hidden && !mayLeave(open)) event.preventDefault();
});

// An undo asked for beside an open cell answers with that cell.
document.addEventListener("htmx:configRequest", (event) => {
  const open = drawer();
  if (open && !open.hidden && event.detail.verb === "post" && !event.target.closest(".row-form")) event.detail.parameters.ref = open.dataset.ref;
});

// ---------- requests that fail say so and change nothing ----------
function say(text) {
  if (!trouble || !text) return;
  trouble.querySelector("[data-text]").textContent = text;
  trouble.hidden = false;
}
document.addEventListener("htmx:sendError", () => say(words.offline));
document.addEventListener("htmx:timeout", () => say(words.offline));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  say(status === 401 ? words.signedOut : status === 403 ? words.forbidden : status === 404 ? words.gone : words.server);
});
// Signing in again gives new tokens: forms that stand open get them, so that saving again works.
let stale = false;
async function renewTokens() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-editor] [name=csrfmiddlewaretoken]");
  if (!fresh) return;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh.value;
  stale = false;
}
document.addEventListener("htmx:responseError", (event) => {
  stale ||= [401, 403].includes(event.detail.xhr.status);
  if (event.detail.xhr.status === 403) renewTokens();
});
addEventListener("focus", () => { if (stale) renewTokens(); });
document.addEventListener("htmx:beforeRequest", () => { if (trouble) trouble.hidden = true; });
document.addEventListener("click", (event) => { if (event.target.closest("[data-dismiss]") && trouble) trouble.hidden = true; });

// ---------- after every part that arrives ----------
function settle(root) {
  makeGrid();
  markSelected();
  remember(root);
}
document.addEventListener("htmx:afterSettle", (event) => {
  settle(document);
  const arrived = event.detail.target?.id === "drawer" || event.detail.elt?.id === "drawer";
  if (arrived && drawer() && !drawer().hidden) arrive(drawer());
  else if (arrived && document.activeElement === document.body) document.querySelector("[data-told]")?.focus();
  else if (event.detail.elt?.matches?.("[data-arrive]")) arrive(event.detail.elt);
});

// ---------- files: said at once when one is too large; dropping works ----------
const size = (bytes) => Math.round(bytes / 1e5) / 10;
for (const input of document.querySelectorAll("input[type=file][data-limit]")) {
  const note = document.getElementById(input.dataset.note);
  input.addEventListener("change", () => {
    const file = input.files[0];
    const over = file && file.size > Number(input.dataset.limit);
    input.setCustomValidity(over ? input.dataset.tooLarge : "");
    note.textContent = over ? input.dataset.tooLarge : file ? `${file.name}, ${size(file.size)} MB` : "";
    note.classList.toggle("err", Boolean(over));
  });
  const zone = input.closest(".drop");
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("is-over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      }
    });
  }
}

settle(document);
if (drawer() && !drawer().hidden && !document.querySelector("[data-focus]")) arrive(drawer());
