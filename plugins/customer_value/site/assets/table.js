// Tables: sorted by a click, searched, and as fluid with fifty thousand rows as with ten.

const ROW_HEIGHT = 36; // as style.css says
const ALL_AT_ONCE = 60;
const OUTSIDE = 20; // rows drawn beyond the visible ones

/** Return a small map of nine fields, filled where a 1 stands; a number beside it says how many. */
function cellsOf(text) {
  return element("span", { class: "cells", "aria-hidden": "true" },
    [...text].map((one) => element("i", { class: one === "1" ? "on" : null })));
}

function drawTable(view, block) {
  const { write } = view;
  const id = block.figure;
  const columns = view.columns(id);
  const places = view.places(id, block.keeps);
  const memory = view.memory(block, { sort: block.sort, descending: true, text: "" });
  const wordless = (name) => !write.numeric(name) && !places.some((place) => columns[name][place] !== null);
  const names = block.columns.map((name) => write.own(columns, name)).filter((name) => !places.length || !wordless(name));
  const largest = Object.fromEntries(
    block.bars.map((name) => [name, places.reduce((most, place) => Math.max(most, Math.abs(columns[name][place] ?? 0)), 0)]),
  );
  const searched = Object.keys(columns).filter((name) => write.kind(name) === "text" || (names.includes(name) && !write.numeric(name)));
  const pageOf = view.pageOf(columns);
  const numbers = names.filter((name) => write.numeric(name));
  const untold = numbers.length > 0 && numbers.every((name) => places.every((place) => columns[name][place] === null));
  if (block.one_scale) {
    const longest = Math.max(...Object.values(largest));
    block.bars.forEach((name) => { largest[name] = longest; });
  }
  let rows = [];

  const order = () => {
    rows = found(columns, places, searched, memory.text);
    if (memory.sort) rows = sorted(columns, rows, memory.sort, memory.descending);
  };
  const marked = (place) =>
    block.keeps.some((name) => view.choice(name) !== null && view.choice(name) === String(columns[name][place]));

  const cell = (name, place) => {
    const value = columns[name][place];
    const text = write.kind(name) === "flag" && !value ? "" : write.value(name, value);
    const attributes = {
      class: write.numeric(name) ? "n" : null,
      title: write.meaning(name, value) || null,
      "data-column": name,
    };
    if (name in largest && value !== null && largest[name] > 0) {
      const bar = element("span", { class: "bar", style: { width: `${(100 * Math.abs(value)) / largest[name]}%` } });
      return element("td", { ...attributes, class: "n" },
        element("span", { class: "barred" }, element("span", { class: "track", "aria-hidden": "true" }, bar), element("span", { class: "amount" }, text)));
    }
    if (name.endsWith("_change") && value) attributes.class = `n ${value > 0 ? "up" : "down"}`;
    if (write.kind(name) === "cells" && value !== null) return element("td", attributes, cellsOf(value));
    if (name === names[0] && !write.numeric(name)) {
      const page = pageOf(place);
      return element("td", attributes, element(page ? "a" : "span", { class: "first", href: page }, text));
    }
    return element("td", attributes, name.endsWith("_change") && value !== null ? write.change(name, value) : text);
  };
  const line = (place) =>
    element("tr", { class: marked(place) ? "marked" : null, "data-place": place }, names.map((name) => cell(name, place)));

  const head = element("tr", {}, names.map((name) => headOf(name)));
  const body = element("tbody");
  const scroller = scrollerOf(
    write.of(block.title ?? view.site.figures[id].title),
    element("table", {}, element("thead", {}, head), body),
  );
  const count = element("span", { class: "count", role: "status" });

  function headOf(name) {
    const current = memory.sort === name;
    return element(
      "th",
      { scope: "col", class: write.numeric(name) ? "n" : null, "aria-sort": current ? (memory.descending ? "descending" : "ascending") : "none" },
      element("button", {
        type: "button",
        title: write.words("sort", { column: write.title(name) }),
        style: { "--letters": write.title(name).length },
        click: () => {
          memory.descending = memory.sort === name ? !memory.descending : write.numeric(name);
          memory.sort = name;
          head.replaceChildren(...names.map((each) => headOf(each)));
          head.children[names.indexOf(name)].firstChild.focus();
          scroller.scrollTop = 0;
          refresh();
        },
      }, write.title(name), current && element("span", { class: "arrow", "aria-hidden": "true" }, memory.descending ? " ↓" : " ↑")),
    );
  }

  const spacer = (height) => element("tr", { class: "spacer", "aria-hidden": "true" }, element("td", { colspan: names.length, style: { height: `${height}px` } }));
  let first = -1;
  function fill() {
    if (rows.length <= ALL_AT_ONCE) {
      first = -1;
      body.replaceChildren(...rows.map(line));
      return;
    }
    const visible = Math.ceil((scroller.clientHeight || 520) / ROW_HEIGHT);
    const top = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - OUTSIDE);
    if (first >= 0 && Math.abs(top - first) < OUTSIDE / 2) return;
    first = top;
    const last = Math.min(rows.length, top + visible + 2 * OUTSIDE);
    body.replaceChildren(
      ...(top > 0 ? [spacer(top * ROW_HEIGHT)] : []),
      ...rows.slice(top, last).map(line),
      ...(last < rows.length ? [spacer((rows.length - last) * ROW_HEIGHT)] : []),
    );
  }
  function refresh() {
    order();
    first = -1;
    fill();
    count.textContent = block.search
      ? write.words("rows_shown", { shown: write.days(rows.length), all: write.days(view.places(id, Object.keys(columns)).length) })
      : "";
  }
  scroller.addEventListener("scroll", fill, { passive: true });
  refresh();

  const search = element("input", {
    type: "search",
    value: memory.text,
    placeholder: write.words("search"),
    "aria-label": write.words("search"),
    input: (event) => {
      memory.text = event.target.value;
      scroller.scrollTop = 0;
      refresh();
    },
  });
  return {
    content: !places.length ? message(write.words("empty"), write.words("empty_text")) : untold ? message(write.words("insufficient")) : scroller,
    choices: block.search ? [count, search] : [],
    places: { [id]: places },
    csv: { names: Object.keys(columns), places: () => rows },
  };
}
