// One account's page: sections of facts, and a table where several things say the same.

const PSEUDONYM = /^[0-9a-f]{24}$/;
const LINE_NUMBERS = ["money", "count", "days", "hours", "ratio"];

function drawFacts(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const places = view.places(block.figure);
  if (!places.length) return { content: message(write.words("empty"), write.words("empty_text")), places: { [block.figure]: places } };
  const of = (name, place) => columns[name][place];
  const shown = (place) => {
    const [value, kind] = [of("line_value", place), of("value_kind", place)];
    if (value === null) return write.label("page_absence", of("absence", place));
    const currency = of("currency_code", place);
    if (kind === "money") return currency ? write.moneyOf(value, currency) : write.format("money", value);
    if (kind === "days" || kind === "hours") return write.words(kind, { n: write.format(kind === "days" ? "count" : "number", value) });
    if (kind === "ratio" || kind === "count" || kind === "date") return write.format(kind, value);
    if (PSEUDONYM.test(value)) return element("span", { title: value }, write.format("key", value));
    return kind === "text" ? value : write.label(kind, value);
  };
  const cell = (place) => {
    const missing = of("line_value", place) === null;
    const touched = of("subject_kind", place) === "contact_layer" && of("line_value", place) !== "0";
    const number = LINE_NUMBERS.includes(of("value_kind", place));
    return element("td", { class: [number && "n", missing && "none", touched && "touched"].filter(Boolean).join(" ") || null }, shown(place));
  };
  const told = (name, own) => {
    const first = of("item", own[0]);
    const rows = [];
    for (const place of own) {
      if (of("item", place) === first) rows.push([]);
      rows.at(-1).push(place);
    }
    return scrollerOf(name, element("table", { class: "told" },
      element("thead", {}, element("tr", {}, element("td"), rows[0].map((place) =>
        element("th", { scope: "col", class: LINE_NUMBERS.includes(of("value_kind", place)) ? "n" : null }, write.value("item", of("item", place)))))),
      element("tbody", {}, rows.map((row) => element("tr", {},
        element("th", { scope: "row" }, write.label(of("subject_kind", row[0]), of("subject", row[0]))),
        row.map(cell))))));
  };
  const section = (code) => {
    const own = places.filter((place) => of("section", place) === code);
    const facts = own.filter((place) => of("subject", place) === null);
    const rest = own.filter((place) => of("subject", place) !== null);
    return element("section", { class: "dossier-part" },
      element("h3", {}, write.value("section", code)),
      !own.length && element("p", { class: "reason" }, write.words("nothing")),
      facts.length > 0 && element("dl", {}, facts.map((place) => element("div", {},
        element("dt", {}, write.value("item", of("item", place))),
        element("dd", { class: of("line_value", place) === null ? "none" : null }, shown(place))))),
      rest.length > 0 && told(write.value("section", code), rest));
  };
  const sections = Object.keys(view.site.labels.page_section ?? {});
  return { content: element("div", { class: "dossier" }, sections.map(section)), places: { [block.figure]: places } };
}
