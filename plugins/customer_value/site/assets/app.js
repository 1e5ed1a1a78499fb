// The page as a whole: menu, filters, blocks, and the address that names what is shown.

const DRAWINGS = {
  tiles: drawTiles,
  table: drawTable,
  grid: drawGrid,
  columns: drawColumns,
  lines: drawLines,
  bubbles: drawBubbles,
  steps: drawSteps,
  intervals: drawIntervals,
  map: drawMap,
  facts: drawFacts,
};
const STALE_AFTER_DAYS = 2;
const DAY_MILLISECONDS = 86400000;
const embedded = (id) => JSON.parse(document.getElementById(id).textContent);
const site = embedded("frame");
const parsed = new Map();
const memories = new Map();
const offered = new Map();
let place = null;
let charts = [];

function columnsOf(id) {
  if (!parsed.has(id)) parsed.set(id, unpacked(embedded(`figure:${id}`)));
  return parsed.get(id);
}

/** Return all that a block's drawing needs to know. */
function viewOf(page, write) {
  const view = {
    site,
    page,
    write,
    frames: new Map(),
    columns: columnsOf,
    /** The value of a filter, or null while it chooses all. */
    choice(column) {
      const filter = page.filters.find((each) => each.column === column);
      if (!filter) return null;
      const options = optionsOf(page, filter);
      const asked = place.choices[column];
      if (options.includes(asked)) return asked;
      return { any: null, last: options.at(-1) ?? null, one: options[0] ?? null }[filter.kind];
    },
    /** The filters that choose rows, but for none of these figures. */
    whole: (ids) => page.filters.filter(({ column, kind }) =>
      kind === "any" && view.choice(column) !== null && !ids.some((id) => column in columnsOf(id))),
    choosing: (changes) => formatAddress({ ...place, choices: changed(changes) }),
    /** What gives the address of the page of a row, where its customer has one. */
    pageOf(columns) {
      const home = pagesOf(site, place.unit).find(({ filters }) => filters.some(({ kind, column }) => kind === "one" && column in columns));
      if (!home || home === page) return () => null;
      const { column } = home.filters.find(({ kind }) => kind === "one");
      const known = new Set(optionsOf(home, { column, kind: "one" }));
      return (row) => known.has(columns[column][row]) ? to({ page: home.id, choices: { [column]: columns[column][row] } }) : null;
    },
    places(id, axes = []) {
      const filters = page.filters.filter((each) => !axes.includes(each.column));
      return chosen(columnsOf(id), {
        business_unit: place.unit,
        ...Object.fromEntries(filters.map(({ column }) => [column, view.choice(column)])),
      });
    },
    memory(block, first) {
      const key = `${page.id}:${page.blocks.indexOf(block)}`;
      if (!memories.has(key)) memories.set(key, first);
      return memories.get(key);
    },
    simulated: site.units.some(({ id, simulated }) => id === place.unit && simulated),
    redraw: (block) => view.frames.get(block).draw(),
    keep: (made, holder, fit) => charts.push({ made, resize: () => { made.resize({ width: holder.clientWidth }); fit?.(); } }),
  };
  return view;
}

/** Return the choices of the address with some changed; null takes one away. */
function changed(changes) {
  return Object.fromEntries(Object.entries({ ...place.choices, ...changes }).filter(([, value]) => value !== null));
}

/** Return the values of a filter, looked for once. */
function optionsOf(page, filter) {
  const key = [place.unit, page.id, filter.column].join("/");
  if (!offered.has(key)) offered.set(key, foundOptions(page, filter));
  return offered.get(key);
}

function foundOptions(page, filter) {
  if (filter.kind === "one") {
    const columns = columnsOf(page.blocks[0].figures[0]);
    return chosen(columns, { business_unit: place.unit }).map((each) => columns[filter.column][each]);
  }
  const values = new Set();
  for (const block of page.blocks) {
    for (const id of block.figures) {
      const columns = columnsOf(id);
      if (!(filter.column in columns)) continue;
      const own = chosen(columns, { business_unit: place.unit });
      for (const value of distinct(columns, filter.column, own)) if (value !== null && value !== TOTAL) values.add(String(value));
    }
  }
  const known = site.columns[filter.column].of.split(" ").flatMap((kind) => Object.keys(site.labels[kind] ?? {}));
  return [...known.filter((code) => values.has(code)), ...[...values].filter((value) => !known.includes(value)).sort()];
}

const to = (change) => formatAddress({ ...place, choices: {}, ...change });

function show() {
  const before = place;
  place = parseAddress(location.hash, site);
  const unit = site.units.find((each) => each.id === place.unit);
  const write = writer(site, place.language, unit?.currency ?? "USD");
  const page = site.pages.find((each) => each.id === place.page);
  document.documentElement.lang = place.language === "zh" ? "zh-CN" : "en";
  document.title = `${write.of(page.title)} · ${write.words("site")}`;
  charts.forEach(({ made }) => made.dispose());
  charts = [];
  const view = viewOf(page, write);
  const blocks = page.blocks.map((block) => {
    const frame = framed(view, block);
    view.frames.set(block, frame);
    return frame;
  });
  const one = page.filters.find(({ kind }) => kind === "one");
  const name = one ? nameOf(view, page, one) : null;
  const title = element("h1", { tabindex: "-1" }, name ?? write.of(page.title));
  if (name) document.title = `${name} · ${document.title}`;
  const main = element("main", { id: "main" },
    element("div", { class: "page-head" },
      element("div", {}, name && element("p", { class: "eyebrow" }, write.of(page.title)), title, element("p", { class: "lead" }, write.of(page.lead))),
      filtersOf(view, page)),
    banners(write, unit),
    element("div", { class: "blocks" }, blocks.map(({ section }) => section)));
  const focused = document.activeElement?.id;
  const scrolled = window.scrollY;
  document.querySelector(".shell")?.remove();
  document.body.append(element("div", { class: "shell" }, side(write, page, unit), main));
  blocks.forEach(({ draw }) => draw());
  // Of a menu wider than the screen, the part with this page.
  const here = document.querySelector(".pages [aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
  if (before && (before.page !== place.page)) {
    window.scrollTo(0, 0);
    title.focus();
  } else if (before) {
    window.scrollTo(0, scrolled);
    if (focused) document.getElementById(focused)?.focus();
  }
}

/** Return what readers call the value of a filter of one. */
function nameOf(view, page, { column, named }, value = view.choice(column)) {
  const columns = columnsOf(page.blocks[0].figures[0]);
  const row = columns[column].indexOf(value);
  return row < 0 ? null : view.write.value(column, columns[view.write.own(columns, named)][row] ?? value);
}

function side(write, page, unit) {
  const other = site.languages.find((each) => each !== place.language);
  return element("header", { class: "side" },
    element("a", { class: "skip", href: "#main", click: (event) => { event.preventDefault(); document.querySelector("h1").focus(); } }, write.words("skip")),
    element("div", { class: "brand" },
      element("span", { class: "mark", "aria-hidden": "true" }),
      element("span", {}, write.words("site")),
      element("a", { class: "language", lang: other === "zh" ? "zh-CN" : "en", hreflang: other, href: formatAddress({ ...place, language: other }) }, write.words("other_language"))),
    site.units.length > 1 && element("nav", { class: "units", "aria-label": write.words("unit") },
      site.units.map((each) => element("a", { href: to({ unit: each.id }), "aria-current": each.id === place.unit ? "true" : null },
        write.value("business_unit", each.id), each.simulated && element("small", {}, write.words("simulated_unit"))))),
    element("nav", { class: "pages", "aria-label": write.words("menu") },
      pagesOf(site, place.unit).map((each) => element("a", { href: to({ page: each.id }), "aria-current": each.id === page.id ? "page" : null }, write.of(each.title)))),
    element("dl", { class: "edition" },
      site.units.length === 1 && [element("dt", {}, write.words("unit")), element("dd", {}, unit ? write.value("business_unit", unit.id) : MISSING,
        unit?.simulated && element("small", {}, ` ${write.words("simulated_unit")}`))],
      element("dt", {}, write.words("as_of")),
      element("dd", {}, write.value("as_of_date", site.as_of_date), element("small", {}, ` ${write.words("as_of_note")}`)),
      element("dt", {}, write.words("version")), element("dd", {}, site.version)),
  );
}

function banners(write, unit) {
  const shown = [];
  if (unit?.simulated) shown.push(element("p", { class: "banner" }, write.words("simulated")));
  const days = site.live_since ? Math.floor((Date.now() - Date.parse(site.live_since)) / DAY_MILLISECONDS) : 0;
  if (days >= STALE_AFTER_DAYS) shown.push(element("p", { class: "banner stale", role: "alert" }, write.words("stale", { days: write.days(days) })));
  return shown;
}

function filtersOf(view, page) {
  const { write } = view;
  if (!page.filters.length) return null;
  const choose = (column, value) => {
    history.replaceState(null, "", view.choosing({ [column]: value }));
    show();
  };
  return element("div", { class: "filters" }, page.filters.map((filter) => {
    const { column, kind } = filter;
    const options = optionsOf(page, filter);
    if (!options.length) return null;
    const id = `filter-${column}`;
    const current = view.choice(column);
    if (kind === "last") {
      const value = options.indexOf(current);
      return element("div", { class: "filter slider" },
        element("label", { for: id }, write.title(column), element("output", {}, current ? write.value(column, current) : MISSING)),
        element("input", { id, type: "range", min: 0, max: Math.max(0, options.length - 1), step: 1, value, "aria-valuetext": current ? write.value(column, current) : null,
          input: (event) => choose(column, options[Number(event.target.value)]) }));
    }
    if (kind === "one") return finderOf(view, page, filter, options, choose);
    const select = element("select", { id, change: (event) => choose(column, event.target.value || null) },
      element("option", { value: "" }, write.words("all")),
      options.map((value) => element("option", { value, selected: value === current }, write.option(column, value))));
    return element("div", { class: "filter" }, element("label", { for: id }, write.title(column)), select);
  }));
}

/** Return a field that finds one of many by a part of its name. */
function finderOf(view, page, filter, options, choose) {
  const { write } = view;
  const id = `filter-${filter.column}`;
  const found = new Map(options.map((value) => [`${nameOf(view, page, filter, value)} (${value})`, value]));
  return element("div", { class: "filter finder" },
    element("label", { for: id }, write.words("pick")),
    element("input", { id, type: "search", list: `${id}-list`, autocomplete: "off", change: (event) => {
      const value = found.get(event.target.value);
      if (value !== undefined) choose(filter.column, value);
    } }),
    element("datalist", { id: `${id}-list` }, [...found.keys()].map((value) => element("option", { value }))));
}

window.addEventListener("hashchange", show);
for (const change of ["resize", "beforeprint"]) window.addEventListener(change, () => charts.forEach(({ resize }) => resize()));
if (!location.hash && (navigator.language ?? "").startsWith("zh")) history.replaceState(null, "", "#/zh");
show();
