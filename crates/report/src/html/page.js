// Search, filters, sorting and pointing. The report says everything without it.
"use strict";
(() => {
  const by = id => document.getElementById(id);
  const all = (what, within = document) => Array.from(within.querySelectorAll(what));
  const { papers, themes, bins } = JSON.parse(by("facts").textContent);
  const theme = new Map(themes.map(one => [String(one.id), one]));
  const text = papers.title.map((title, i) => (title + " " + (theme.get(String(papers.theme[i]))?.words ?? "")).toLowerCase());
  const row = new Map(papers.id.map((id, i) => [id, i]));
  const newest = papers.day.map((_, i) => i).sort((a, b) => papers.day[b].localeCompare(papers.day[a]) || a - b);
  const KEYS = ["words", "theme", "from", "to", "paper", "sort"];
  const fields = ["words", "theme", "from", "to"].map(by).filter(Boolean);
  const marks = all("[data-theme], [data-rest], [data-bin], [data-paper]");
  const table = document.querySelector("table.themes");
  const tip = by("tip");
  let state = {}, limit = 20, fits = [];

  // The view is in the address, so that a link shows the same one.
  const read = () => {
    const hash = location.hash.slice(1);
    const given = new URLSearchParams(hash.includes("=") ? hash : "");
    state = Object.fromEntries(KEYS.map(key => [key, given.get(key) ?? ""]));
    if (!theme.has(state.theme)) state.theme = "";
    for (const field of fields) field.value = state[field.id];
    sort(state.sort);
    apply();
    if (row.has(state.paper)) pin(row.get(state.paper));
  };
  const write = push => {
    const view = new URLSearchParams(KEYS.filter(key => state[key]).map(key => [key, state[key]])).toString();
    history[push ? "pushState" : "replaceState"](null, "", view ? "#" + view : location.pathname + location.search);
  };
  const set = (change, push = false) => {
    state = { ...state, ...change };
    for (const field of fields) if (field.id in change) field.value = state[field.id];
    limit = 20;
    write(push);
    apply();
  };
  const choose = (id, push) => set({ theme: state.theme === id ? "" : id, paper: "" }, push);

  // What the filters leave: other papers, bins and themes fade; themes without a paper left are hidden.
  const apply = () => {
    const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
    const dated = state.from || state.to;
    const within = (first, last) => !dated || (first && (!state.from || last >= state.from) && (!state.to || first <= state.to));
    const found = text.map((one, i) => within(papers.day[i], papers.day[i]) && words.every(word => one.includes(word)));
    fits = found.map((one, i) => one && (!state.theme || String(papers.theme[i]) === state.theme));
    const open = bins.map(bin => within(bin.start, bin.last));
    const left = new Set(found.map((one, i) => (one ? String(papers.theme[i]) : "")));
    const filtered = words.length > 0 || Boolean(dated);
    const out = of => of !== undefined && ((state.theme && of !== state.theme) || (filtered && !left.has(of)));
    for (const mark of marks) {
      const { theme: of, bin, paper } = mark.dataset;
      const here = paper !== undefined ? fits[paper] : !out(of) && (of !== undefined || !state.theme);
      mark.classList.toggle("off", !here || (bin !== undefined && !open[bin]));
    }
    for (const item of all("tr[data-theme], article[data-theme]")) item.hidden = filtered && !left.has(item.dataset.theme);
    const n = fits.filter(Boolean).length, of = themes.filter(one => left.has(String(one.id)) && (!state.theme || String(one.id) === state.theme)).length;
    by("found").textContent = n === fits.length ? "" : `${n.toLocaleString("en")} of ${fits.length.toLocaleString("en")} papers, ${of} of ${themes.length} themes`;
    by("clear").disabled = !["words", "theme", "from", "to", "paper"].some(key => state[key]);
    list();
    hide();
  };
  const list = () => {
    const left = newest.filter(i => fits[i]);
    by("listed").replaceChildren(...left.slice(0, limit).map(i => {
      const item = document.createElement("li");
      item.append(titled(i), line("meta", about(i)));
      return item;
    }));
    by("more").hidden = left.length <= limit;
  };
  const line = (name, words) => Object.assign(document.createElement("span"), { className: name, textContent: words });
  const titled = i => {
    if (!papers.link[i]) return line("title", papers.title[i]);
    return Object.assign(document.createElement("a"), { className: "title", href: papers.link[i], rel: "noopener noreferrer", textContent: papers.title[i] });
  };
  const about = i => [papers.day[i] || "undated", theme.get(String(papers.theme[i]))?.name ?? "in no theme"].join(" · ");

  // Pointing: a point of a chart tells its numbers, a dot of the map its paper.
  const told = mark => {
    const { theme: of, bin, paper, said } = mark.dataset;
    if (paper !== undefined) return [papers.title[paper], about(paper)];
    return [[theme.get(of)?.name, bins[bin]?.name].filter(Boolean).join(" · "), said].filter(Boolean);
  };
  const show = (mark, parts) => {
    tip.replaceChildren(...parts);
    tip.hidden = false;
    const at = mark.getBoundingClientRect(), size = tip.getBoundingClientRect(), edge = document.documentElement.clientWidth - size.width - 8;
    const above = at.top - size.height - 10;
    tip.style.left = scrollX + Math.max(8, Math.min(at.left + at.width / 2 - size.width / 2, edge)) + "px";
    tip.style.top = scrollY + (above > 0 ? above : Math.min(at.bottom, innerHeight) + 10) + "px";
    for (const old of all(".told")) old.classList.remove("told");
    mark.classList.add("told");
  };
  const hide = () => {
    tip.hidden = true;
    for (const old of all(".told")) old.classList.remove("told");
  };
  const tell = mark => show(mark, told(mark).map((words, i) => line(i ? "said" : "of", words)));
  const pin = i => {
    const dot = document.querySelector(`[data-paper="${i}"]`);
    if (dot) show(dot, [titled(i), line("said", about(i))]);
  };
  const map = document.querySelector("#chart-map svg");
  const dots = map ? all("[data-paper]", map).map(dot => [dot, Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))]) : [];
  // Dots are small and lie on each other: the nearest within a finger's breadth counts.
  const nearest = event => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    let best = null, least = (12 / map.getScreenCTM().a) ** 2;
    for (const [dot, x, y] of dots) {
      const far = (x - place.x) ** 2 + (y - place.y) ** 2;
      if (far < least && !dot.classList.contains("off")) [best, least] = [dot, far];
    }
    return best;
  };
  const under = event => (map?.contains(event.target) ? nearest(event) : event.target.closest?.("[data-said]"));
  document.addEventListener("pointermove", event => {
    if (state.paper || tip.contains(event.target)) return;
    const mark = under(event);
    if (mark) tell(mark);
    else if (!document.activeElement?.matches("svg *")) hide();
  });
  const open = (mark, push) => {
    const { paper, theme: of } = mark.dataset;
    if (paper === undefined) { if (of) choose(of, push); return; }
    const again = state.paper === papers.id[paper];
    set({ paper: again ? "" : papers.id[paper], theme: again ? "" : of ?? "" }, push);
    if (!again) pin(Number(paper));
  };
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#theme-']");
    if (link) {
      const id = link.hash.slice(7), section = by("theme-" + id);
      event.preventDefault();
      set({ theme: id, words: "", from: "", to: "", paper: "" }, true);
      section.scrollIntoView();
      section.focus({ preventScroll: true });
      return;
    }
    if (event.target.closest("a, button, form, #tip") || String(getSelection())) return;
    const mark = under(event) ?? event.target.closest("svg [data-theme], tr[data-theme], article[data-theme] > h3, .moved [data-theme]");
    if (mark) open(mark.matches("h3") ? mark.parentNode : mark);
    else if (state.paper) set({ paper: "" });
  });
  document.addEventListener("keydown", event => {
    const mark = event.target.closest?.("svg [tabindex]");
    if (event.key === "Escape") set({ theme: "", paper: "" });
    else if (mark && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(mark); }
    else if (mark && event.key.startsWith("Arrow")) { event.preventDefault(); step(mark, event.key); }
  });

  // Each chart is one stop of the tab key; arrow keys go from point to point, to the nearest in their direction.
  const middle = mark => { const { left, top, width, height } = mark.getBoundingClientRect(); return [left + width / 2, top + height / 2]; };
  const step = (from, key) => {
    const [x, y] = middle(from), along = key === "ArrowLeft" || key === "ArrowRight", sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    let best = null, least = Infinity;
    for (const mark of all("[data-said], [data-paper]", from.ownerSVGElement)) {
      const [dx, dy] = middle(mark).map((v, i) => v - [x, y][i]);
      const [ahead, aside] = along ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
      const far = ahead + 3 * aside;
      if (ahead > 0.5 && far < least && !mark.classList.contains("off")) [best, least] = [mark, far];
    }
    if (!best) return;
    from.tabIndex = -1;
    reach(best);
    best.focus();
  };
  const reach = mark => {
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-label", told(mark).join(", "));
  };
  document.addEventListener("focusin", event => { if (event.target.matches("svg [tabindex]")) tell(event.target); });
  document.addEventListener("focusout", event => { if (event.target.matches("svg [tabindex]") && !state.paper) hide(); });
  for (const chart of all("figure.chart svg, svg.course")) {
    chart.setAttribute("role", "group");
    for (const title of all("g > title", chart)) {
      title.parentNode.dataset.said = title.textContent;
      title.remove();
    }
    // A title would be shown wherever one points; the name of the chart stays.
    const title = chart.querySelector("title"), name = document.createElementNS(chart.namespaceURI, "desc");
    name.id = title.id;
    name.textContent = title.textContent;
    title.replaceWith(name);
    const first = chart.querySelector("[data-said], [data-paper]");
    if (first) reach(first);
  }

  // The table is sorted by a click on a heading.
  const heads = table ? Array.from(table.tHead.rows[0].cells) : [];
  const rows = table ? Array.from(table.tBodies[0].rows) : [];
  const value = (one, column) => {
    const cell = one.cells[column], given = cell.dataset.value;
    return given === undefined ? cell.textContent.trim().toLowerCase() : given === "" ? -Infinity : Number(given);
  };
  const sort = asked => {
    const column = parseInt(asked, 10), falling = asked.endsWith("down");
    const known = heads[column] && "sort" in heads[column].dataset;
    const pairs = rows.map((one, i) => [known ? value(one, column) : 0, i, one]);
    pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (falling ? -1 : 1) || a[1] - b[1]);
    table?.tBodies[0].append(...pairs.map(pair => pair[2]));
    heads.forEach((head, i) => (known && i === column ? head.setAttribute("aria-sort", falling ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
  };
  heads.forEach((head, column) => {
    if (!("sort" in head.dataset)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const [first, other] = head.dataset.sort === "down" ? ["down", ""] : ["", "down"];
      state.sort = column + (state.sort === column + first ? other : first);
      sort(state.sort);
      write();
    });
  });

  // Inputs, and the views that the browser goes back to.
  by("tools").addEventListener("input", event => set({ [event.target.id]: event.target.value, paper: "" }));
  by("tools").addEventListener("submit", event => event.preventDefault());
  by("clear").addEventListener("click", () => set({ words: "", theme: "", from: "", to: "", paper: "" }));
  by("more").addEventListener("click", () => { limit += 50; list(); });
  for (const bin of bins) bin.last = new Date(Date.parse(bin.end) - 864e5).toISOString().slice(0, 10);
  addEventListener("popstate", () => {
    // A link to a section is no other view.
    if (!location.hash || location.hash.includes("=")) read();
    else if (KEYS.some(key => state[key])) write();
  });
  by("tools").hidden = by("papers").hidden = false;
  document.documentElement.classList.add("live");
  read();
})();
