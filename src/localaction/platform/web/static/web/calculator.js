// Calculators: paste from a spreadsheet into the cells of a table, arrows up and down. All of it also works without.
const cells = (row) => [...row.querySelectorAll("input, select")];

function grown(table) {
  // One more row, made like the last one; the number of rows is told to the server.
  const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1];
  const size = document.querySelector(`input[name="size.${CSS.escape(table.dataset.grid)}"]`);
  if (!table.dataset.grid || !size) return null;
  const at = table.tBodies[0].rows.length;
  const row = last.cloneNode(true);
  row.querySelector("th").textContent = String(at + 1);
  for (const error of row.querySelectorAll(".err")) error.remove();
  for (const cell of cells(row)) {
    const parts = cell.name.split(".");
    parts[1] = String(at);
    cell.name = parts.join(".");
    cell.id = `f-${parts.join("-")}`;
    cell.value = "";
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
    cell.setAttribute("aria-label", `${cell.getAttribute("aria-label").replace(/[^,]*$/, "")} ${at + 1}`);
  }
  table.tBodies[0].append(row);
  size.value = String(at + 1);
  return row;
}

function put(cell, text) {
  if (cell.tagName === "SELECT") {
    const wanted = text.trim().toLowerCase();
    const found = [...cell.options].find((o) => o.value.toLowerCase() === wanted || o.text.toLowerCase() === wanted);
    if (found) cell.value = found.value;
  } else {
    cell.value = text.trim();
  }
}

for (const table of document.querySelectorAll("table[data-grid]")) {
  table.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    const start = event.target.closest("tr");
    if (!start || (lines.length === 1 && lines[0].length === 1)) return;
    event.preventDefault();
    const column = cells(start).indexOf(event.target);
    let row = start;
    for (const line of lines.slice(0, 2000)) {
      row ??= grown(table);
      if (!row) break;
      line.forEach((value, n) => { const cell = cells(row)[column + n]; if (cell) put(cell, value); });
      row = row.nextElementSibling;
    }
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName !== "INPUT") return;
    const row = event.target.closest("tr");
    const other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const cell = other && cells(other)[cells(row).indexOf(event.target)];
    if (cell) { event.preventDefault(); cell.focus(); cell.select?.(); }
  });
}
