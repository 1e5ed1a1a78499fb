// Around each block: its title and definition, what it rests on, its SQL, and its rows as CSV.

/** Return a block's section; `content` goes into it, and is replaced when a choice changes. */
function framed(view, block) {
  const { write } = view;
  const heading = block.title ?? view.site.figures[block.figures[0]].title;
  const body = element("div", { class: "body" });
  const choices = element("div", { class: "choices" });
  const notes = element("div", { class: "notes" });
  // Of several blocks of one figure, the first with a heading says what it means.
  const headed = ({ kind, width, figures }) => figures.length === 1 && figures[0] === block.figures[0] && (kind !== "tiles" || width === "third");
  const told = block === view.page.blocks.find(headed);
  const section = element(
    "section",
    { class: `block ${block.width.replace(" ", "-")} ${block.kind}`, "aria-label": write.of(heading) },
    element("header", {},
      element("div", {},
        element("h2", {}, write.of(heading)),
        told && element("p", { class: "definition" }, write.of(view.site.figures[block.figures[0]].definition)),
      ),
      choices,
    ),
    body,
    element("footer", {}, notes, definitions(view, block, told)),
  );
  const draw = () => {
    const drawn = DRAWINGS[block.kind](view, block);
    choices.replaceChildren(...(drawn.choices ?? []));
    body.replaceChildren(drawn.content);
    notes.replaceChildren(
      ...block.figures.map((id) => footnote(view, id, drawn.places?.[id], drawn.csv)),
      element("span", {}, `${write.words("as_of")} ${write.value("as_of_date", asOf(view, block))}`),
      ...view.whole(block.figures).map(({ column }) => element("span", { class: "unparted" }, write.words("whole", { column: write.title(column) }))),
    );
    drawn.shown?.();
  };
  return { section, draw };
}

/** Return what scrolls a table too large for its place, by the keyboard too. */
function scrollerOf(name, table) {
  return element("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": name }, table);
}

/** Return how many cases the rows shown rest on, as of when, and a way to take them along. */
function footnote(view, id, places, csv) {
  const { write } = view;
  const figure = view.site.figures[id];
  const columns = view.columns(id);
  const rows = places ?? view.places(id);
  const cases = sample(view, figure, columns, rows);
  return element(
    "p",
    { class: "footnote" },
    cases && element("span", {}, cases),
    element(
      "button",
      {
        type: "button",
        class: "quiet",
        title: write.words("csv_title"),
        "aria-label": `${write.words("csv_title")}: ${write.of(figure.title)}`,
        click: () => save(`${view.simulated ? "simulated_" : ""}${id}.csv`, asCsv(columns, csv?.names ?? Object.keys(columns), csv?.places() ?? rows)),
      },
      "↓ ",
      write.words("csv"),
    ),
  );
}

/** Return how many cases each row rests on, from the thinnest to the broadest. */
function sample({ write }, figure, columns, rows) {
  if (!figure.sample) return "";
  const known = rows.map((place) => columns[figure.sample][place]).filter((value) => value !== null);
  if (!known.length) return "";
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const of = (value) => write.value(figure.sample, value);
  const n = low === high ? of(low) : write.words("range", { low: of(low), high: of(high) });
  return write.words("sample", { n, what: write.of(figure.counted) });
}

/** Return the day that a block's rows are of: the snapshot chosen, or the version's as-of date. */
function asOf(view, block) {
  const dated = block.figures.some((id) => "snapshot_date" in view.columns(id));
  return (dated && block.across !== "snapshot_date" && view.choice("snapshot_date")) || view.site.as_of_date;
}

function save(name, text) {
  // The mark tells spreadsheets that the text is UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Return what opens into definition, unless told already, tables and SQL of a block's figures. */
function definitions(view, block, told) {
  const { write, site } = view;
  const inside = block.figures.map((id) => {
    const figure = site.figures[id];
    const part = element(
      "div",
      { class: "meaning" },
      block.figures.length > 1 && element("h3", {}, write.of(figure.title)),
      !told && element("p", {}, write.of(figure.definition)),
    );
    if (!figure.sql) {
      part.append(element("p", {}, `${write.words("source")}: `, element("code", {}, figure.command)));
      return part;
    }
    const copied = element("span", { role: "status", class: "copied" });
    part.append(
      element("div", { class: "sql" },
        element("pre", { tabindex: "0" }, element("code", {}, figure.sql)),
        element("button", { type: "button", click: () => copy(figure.sql, copied, write.words("copied")) }, write.words("copy")),
        copied,
      ),
      element("h4", {}, write.words("tables")),
      element("dl", { lang: "en" }, figure.tables.flatMap((table) => described(view, id, table))),
    );
    return part;
  });
  return element("details", {}, element("summary", {}, write.words("definition")), inside);
}

function described(view, id, table) {
  const facts = view.site.tables[table];
  if (!facts) return [];
  const own = Object.keys(view.columns(id)).filter((name) => facts.columns[name]);
  return [
    element("dt", {}, element("code", {}, table)),
    element("dd", {}, facts.comment,
      own.length > 0 && element("ul", {}, own.map((name) =>
        element("li", {}, element("code", {}, name), ` ${facts.columns[name]}`))),
    ),
  ];
}

function copy(text, status, done) {
  // From a file, browsers may refuse the clipboard; a selection always works.
  const area = element("textarea", { readonly: true, class: "offstage", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  status.textContent = done;
  setTimeout(() => { status.textContent = ""; }, 2000);
}
