// Rates with their intervals: a line each, every number beside its point.

const ENDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

function drawIntervals(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const places = view.places(block.figure, [block.label, block.each]);
  if (!places.length) return { content: message(write.words("empty"), write.words("empty_text")), places: { [block.figure]: places } };
  const most = places.reduce((high, place) => block.rates.reduce((top, rate) =>
    Math.max(top, columns[rate][place] === null ? 0 : columns[`${rate}_upper`][place]), high), 0);
  const end = ENDS.find((each) => each >= most) ?? 1;
  const content = block.each
    ? element("div", { class: "grids" }, distinct(columns, block.each, places).map((value) =>
        intervalsOf(view, block, places.filter((place) => columns[block.each][place] === value), end, write.value(block.each, value))))
    : intervalsOf(view, block, places, end);
  return { content, places: { [block.figure]: places } };
}

function intervalsOf(view, block, places, end, caption) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const at = (value) => `${(100 * Math.min(value, end)) / end}%`;
  const chosenLine = view.choice(block.label);
  const several = block.rates.length > 1;

  const track = (place) => element("td", { class: "track-cell" },
    element("span", { class: "rates", "aria-hidden": "true" },
      block.mark && columns[block.mark][place] !== null && element("span", { class: "mark-line", style: { left: at(columns[block.mark][place]) } }),
      block.rates.map((rate, number) => {
        const value = columns[rate][place];
        const [low, high] = [columns[`${rate}_lower`][place], columns[`${rate}_upper`][place]];
        return element("span", { class: `rate r${number}` }, value !== null && [
          element("span", { class: "whisker", style: { left: at(low), width: at(Math.min(high, end) - low) } }),
          element("span", { class: "point", style: { left: at(value) } }),
        ]);
      })));
  const number = (rate, place) => {
    const value = columns[rate][place];
    if (value === null) return element("td", { class: "n none", title: write.words("insufficient") }, write.words("insufficient"));
    const range = write.words("range", { low: write.short(rate, columns[`${rate}_lower`][place]), high: write.short(rate, columns[`${rate}_upper`][place]) });
    return element("td", { class: "n", "data-column": rate }, element("b", {}, write.value(rate, value)), element("small", {}, ` ${range}`));
  };
  return scrollerOf(caption ?? write.title(block.rates[0]), element("table", { class: "intervals" },
    caption && element("caption", {}, caption),
    element("thead", {}, element("tr", {},
      element("th", { scope: "col" }, write.title(write.own(columns, block.label))),
      element("th", { scope: "col", class: "scale" }, element("span", {}, write.short(block.rates[0], 0)), element("span", {}, write.short(block.rates[0], end))),
      block.rates.map((rate, place) => element("th", { scope: "col", class: "n" },
        several && element("span", { class: `key r${place}`, "aria-hidden": "true" }), write.title(rate))),
      block.cases.map((name) => element("th", { scope: "col", class: "n" }, write.title(name))))),
    element("tbody", {}, places.map((place) => {
      const value = columns[block.label][place];
      return element("tr", { class: chosenLine === String(value) ? "marked" : null },
        element("th", { scope: "row", title: write.meaning(block.label, value) || null }, write.value(block.label, value)),
        track(place),
        block.rates.map((rate) => number(rate, place)),
        block.cases.map((name) => element("td", { class: "n quiet-n", "data-column": name }, write.value(name, columns[name][place]))));
    }))));
}
