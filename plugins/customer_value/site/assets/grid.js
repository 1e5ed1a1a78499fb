// Grids of two columns: each cell its number, and a tint by its size.

// Percent of the accent: ink on it still has a contrast of 5 to 1.
const DEEPEST_TINT = 55;
const FEW = 6; // columns whose names have room side by side
const DAYS = ["date", "month", "quarter"];

function drawGrid(view, block) {
  const { write } = view;
  const id = block.figure;
  const columns = view.columns(id);
  const memory = view.memory(block, { measure: block.measures[0] });
  const places = view.places(id, [block.down, block.across, block.each]);
  const choices = block.measures.length > 1
    ? [choiceOf(write.words("measure"),
        block.measures.map((value) => ({ value, title: write.title(value) })), memory.measure,
        (value) => { memory.measure = value; view.redraw(block); })]
    : [];
  if (!places.length) return { content: message(write.words("empty"), write.words("empty_text")), choices, places: { [id]: places } };
  if (places.every((place) => columns[memory.measure][place] === null)) {
    return { content: message(write.words("insufficient")), choices, places: { [id]: places } };
  }
  const most = places.reduce((high, place) => Math.max(high, Math.abs(columns[memory.measure][place] ?? 0)), 0);
  const one = (own, caption) => scrollerOf(
    caption ?? write.title(memory.measure),
    gridOf(view, block, own, memory.measure, most, caption),
  );
  const content = block.each
    ? element("div", { class: "grids" }, distinct(columns, block.each, places).map((value) =>
        one(places.filter((place) => columns[block.each][place] === value), write.value(block.each, value))))
    : one(places);
  return { content, choices, places: { [id]: places } };
}

function gridOf(view, block, places, measure, most, caption) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const values = columns[measure];
  const byCell = new Map(places.map((place) => [`${columns[block.down][place]}|${columns[block.across][place]}`, place]));
  const order = (name) => {
    const all = distinct(columns, name, places);
    return typeof all[0] === "number" ? all.sort((a, b) => a - b) : all;
  };
  const down = order(block.down);
  if (block.reverse) down.reverse();
  const across = order(block.across);
  const days = DAYS.includes(write.kind(block.across));
  if (days) across.sort();
  const corner = [`${write.title(block.down)} ↓`, " ", `${write.title(block.across)} →`]
    .map((part) => element("span", {}, part));
  const long = !days && across.length > FEW && across.some((value) => write.short(block.across, value).length > 8);

  const cell = (row, column) => {
    const place = byCell.get(`${row}|${column}`);
    if (place === undefined) return element("td", { class: "gap" });
    const value = values[place];
    if (value === null) return element("td", { class: "n none", title: write.words("insufficient") }, MISSING);
    const share = most > 0 ? Math.abs(value) / most : 0;
    return element("td", {
      class: "n tint",
      style: { "--share": `${Math.round(share * DEEPEST_TINT)}%` },
      "data-place": place,
      title: `${write.value(block.down, row)} × ${write.value(block.across, column)}`,
    }, write.value(measure, value));
  };
  const beside = (row) => {
    const place = places.find((each) => columns[block.down][each] === row);
    return element("td", { class: "n beside" }, write.value(block.beside, columns[block.beside][place]));
  };
  const chosenLine = view.choice(block.down);
  return element(
    "table",
    { class: ["grid", long && "long", days && "days"].filter(Boolean).join(" ") },
    caption && element("caption", {}, caption),
    element("thead", {},
      element("tr", {},
        element("th", { scope: "col", class: "corner" }, corner),
        block.beside && element("th", { scope: "col", class: "n beside" }, write.title(block.beside)),
        across.map((value) => element("th", { scope: "col", class: "n" }, element("span", {}, write.short(block.across, value)))),
      )),
    element("tbody", {}, down.map((row) =>
      element("tr", { class: chosenLine === String(row) ? "marked" : null },
        element("th", { scope: "row", title: write.meaning(block.down, row) || null }, write.value(block.down, row)),
        block.beside && beside(row),
        across.map((column) => cell(row, column))))),
  );
}
