// Sorts and searches the table of themes. The report says everything without it.
"use strict";
(() => {
  const table = document.querySelector("table.themes");
  const tools = document.getElementById("tools");
  if (!table || !tools) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const box = document.getElementById("search");
  const told = document.getElementById("found");
  const state = new URLSearchParams(location.hash.startsWith("#find") ? location.hash.slice(1) : "");
  let by = -1, down = false;

  const article = row => document.getElementById(row.dataset.theme);
  const words = new Map(rows.map(row => [row, (row.textContent + " " + article(row).textContent).toLowerCase()]));

  const keep = () => {
    const order = by < 0 ? "" : "&by=" + by + (down ? "&down=1" : "");
    const view = box.value || order ? "#find=" + encodeURIComponent(box.value) + order : location.pathname;
    history.replaceState(null, "", view);
  };
  const search = () => {
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const row of rows) {
      const fits = wanted.every(word => words.get(row).includes(word));
      row.hidden = article(row).hidden = !fits;
      n += fits;
    }
    told.textContent = wanted.length ? n + " of " + rows.length + " themes" : "";
  };
  const value = (row, column) => {
    const cell = row.cells[column];
    const given = cell.dataset.value;
    return given === undefined ? cell.textContent.trim().toLowerCase() : given === "" ? -Infinity : Number(given);
  };
  const sort = (column, falling) => {
    [by, down] = [column, falling];
    const sign = falling ? -1 : 1;
    const pairs = rows.map((row, i) => [value(row, column), i, row]);
    pairs.sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : a[1] - b[1]));
    body.append(...pairs.map(pair => pair[2]));
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };

  heads.forEach((head, column) => {
    if (!("sort" in head.dataset)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = head.dataset.sort === "down";
      sort(column, by === column ? !down : first);
      keep();
    });
  });
  box.addEventListener("input", () => { search(); keep(); });
  box.value = state.get("find") || "";
  const column = Number(state.get("by") ?? -1);
  if (heads[column] && "sort" in heads[column].dataset) sort(column, state.has("down"));
  search();
  tools.hidden = false;
})();
