// Local Action, forms made from packs: every answer saves by itself, is kept on this device while the line is
// down, and says how it stands. Without this file the section is saved by its button.
const form = document.querySelector("form[data-filling]");
const words = form.dataset;
const store = `filling:${words.user}:${words.filling}`; // on a shared computer nobody sends what another typed
const RETRY = 5000;
const busy = new Set();

const fieldOf = (element) => element.closest("[data-item]");
const itemOf = (field) => field.dataset.item;
const named = (field, what) => form.elements.namedItem(`${itemOf(field)}.${what}`);
const live = (field) => field.querySelector("[data-live]");

// ---------- what waits on this device ----------
function waiting() {
  try { return JSON.parse(localStorage.getItem(store)) ?? {}; } catch { return {}; }
}
function keep(item, pairs) {
  const all = waiting();
  if (pairs) all[item] = pairs; else delete all[item];
  try {
    if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all)); else localStorage.removeItem(store);
  } catch { /* no room: the answer is still in its field */ }
}

const typedPairs = (field) => [...new FormData(form).entries()].filter(([name]) => name.startsWith(`${itemOf(field)}.`));

// ---------- saving ----------
async function send(field, action = "") {
  const item = itemOf(field);
  if (busy.has(item)) { field.dataset.again = action || "save"; return; }
  busy.add(item);
  const pairs = typedPairs(field);
  if (!action) keep(item, pairs);
  say(field, words.saving);
  const body = new URLSearchParams([...pairs, ["do", action], ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]);
  try {
    const answer = await fetch(field.dataset.save, { method: "POST", body, headers: { "X-Part": "field" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return late(field, words.refused, "refused");
    if (![200, 409, 422].includes(answer.status)) return late(field, words.again);
    delete field.dataset.waiting;
    keep(item, answer.status === 422 ? pairs : null); // after a conflict the person decides, no later visit
    replace(await answer.text());
    if (answer.status === 200) { stamp(field); if (/^(take|undo)/.test(action)) refresh(field); }
  } catch {
    late(field, words.kept);
  } finally {
    busy.delete(item);
    const again = field.dataset.again;
    delete field.dataset.again;
    if (again) send(field, again === "save" ? "" : again);
  }
}

function late(field, text, state = "on") {
  field.dataset.waiting = state;
  say(field, text);
}
function say(field, text) {
  const place = live(field);
  if (place) place.textContent = text;
}

// Parts that come back replace those of the same id; the field with the focus keeps it.
function replace(html) {
  const parts = new DOMParser().parseFromString(html, "text/html");
  for (const part of parts.querySelectorAll("body > [id]")) {
    const old = document.getElementById(part.id);
    if (!old) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(document.adoptNode(part));
    if (focused) document.getElementById(focused.id)?.focus();
  }
}

// After taking over or undoing, the controls show what is kept now.
function refresh(field) {
  const shown = named(field, "shown")?.value;
  if (!shown) return;
  const [raw, unit, key, explanation, source] = JSON.parse(shown);
  if (typeof raw !== "string") { location.reload(); return; }
  const held = { raw, key, explanation, source };
  for (const [what, value] of Object.entries(held)) { const control = named(field, what); if (control) control.value = value; }
  if (unit && named(field, "unit")) named(field, "unit").value = unit;
}

// ---------- "saved 2 s ago" stays true ----------
function stamp(field) {
  field.dataset.at = Date.now();
  tick();
}
function tick() {
  for (const field of form.querySelectorAll("[data-at]")) {
    if (field.dataset.waiting || field.querySelector(".fl-status .err")) continue;
    const seconds = Math.round((Date.now() - Number(field.dataset.at)) / 1000);
    const style = { style: "short" };
    const ago = seconds < 60 ? [seconds, "second"] : seconds < 3600 ? [Math.round(seconds / 60), "minute"] : [Math.round(seconds / 3600), "hour"];
    const amount = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "unit", unit: ago[1], unitDisplay: style.style }).format(ago[0]);
    say(field, seconds < 2 ? words.now : words.ago.replace("{}", amount));
  }
}
setInterval(tick, 5000);

// ---------- events ----------
form.addEventListener("change", (event) => {
  const field = fieldOf(event.target);
  if (!field || /\.explain\./.test(event.target.name)) return;
  const key = named(field, "key");
  if (event.target.name.endsWith(".raw") && event.target.value && key) key.value = "";
  if (event.target.name.endsWith(".key") && event.target.value) {
    const raw = named(field, "raw");
    if (raw?.value !== undefined) raw.value = "";
    named(field, "explanation")?.focus();
    if (!named(field, "explanation")?.value) { say(field, words.why); return; } // a key waits for its reason
  }
  if (/\.(unit|source|explanation)$/.test(event.target.name) && named(field, "raw")?.value === "" && !key?.value) return; // waits for its answer
  send(field);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  if (!button) return;
  event.preventDefault();
  send(fieldOf(button), button.value);
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault();
    const field = fieldOf(event.target);
    const explain = event.target.closest(".fl-explain");
    if (explain) { explain.querySelector("button").click(); return; }
    const inputs = [...form.querySelectorAll(".fl-field input.in:not([type=hidden]), .fl-field select.in, .fl-field textarea.in")].filter((each) => each.getClientRects().length);
    inputs[inputs.indexOf(event.target) + (event.shiftKey ? -1 : 1)]?.focus();
    if (!field) return;
  }
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.target.matches("input, textarea")) {
    const last = [...form.querySelectorAll("[data-at]")].sort((a, b) => b.dataset.at - a.dataset.at)[0];
    last?.querySelector('button[value^="undo|"]')?.click();
  }
});
// Several lines from a spreadsheet fill the questions one below the other.
form.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text") ?? "";
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split(/[\n\t]/);
  if (lines.length < 2 || !event.target.matches("input.in")) return;
  const inTable = event.target.closest(".fl-table");
  const all = [...form.querySelectorAll(inTable ? ".fl-table .in" : '.fl-field .in[name$=".raw"]')].filter((each) => !inTable || each.closest(".fl-table") === inTable);
  const from = all.indexOf(event.target);
  if (from < 0) return;
  event.preventDefault();
  const touched = new Set();
  lines.forEach((line, number) => {
    const target = all[from + number];
    if (!target) return;
    target.value = line.trim();
    touched.add(fieldOf(target));
  });
  for (const field of touched) { say(field, words.filled); send(field); }
});

// What waited from before: put back what was typed and over which revision, then send it: where somebody else
// answered meanwhile, that is said and nothing is overwritten.
function resume() {
  for (const [item, pairs] of Object.entries(waiting())) {
    const field = form.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (!field || busy.has(item)) continue;
    for (const [name, value] of pairs) {
      const control = form.elements.namedItem(name);
      if (control && "value" in control) control.value = value;
    }
    if (field.dataset.waiting !== "refused") send(field);
  }
}
addEventListener("online", resume);
setInterval(() => { for (const field of form.querySelectorAll('[data-waiting="on"]')) send(field); }, RETRY);
resume();
