// A map of fields: what each calls for by name, and its numbers; a field chooses its rows below.

function drawMap(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const places = view.places(block.figure, [block.across, block.down, block.name]);
  if (!places.length) return { content: message(write.words("empty"), write.words("empty_text")), places: { [block.figure]: places } };
  const [first, ...others] = block.numbers;
  const most = places.reduce((high, place) => Math.max(high, columns[first][place]), 0);
  const at = (across, down) => places.find((place) => columns[block.across][place] === across && columns[block.down][place] === down);
  const marked = view.choice(block.name);

  const field = (across, down) => {
    const place = at(across, down);
    if (place === undefined) return element("td", { class: "field gap" }, MISSING);
    const name = columns[block.name][place];
    return element("td", {
      class: marked !== null && marked !== name ? "field faint" : "field",
      style: { "--share": `${Math.round((columns[first][place] / most) * DEEPEST_TINT)}%` },
    }, element("a", { href: view.choosing({ [block.name]: marked === name ? null : name }), title: write.meaning(block.name, name) || null },
      element("strong", {}, write.value(block.name, name)),
      element("span", { class: "large", "data-column": first, "data-place": place }, write.value(first, columns[first][place])),
      others.map((each) => element("span", {}, `${write.title(each)} `, element("b", {}, write.short(each, columns[each][place]))))));
  };
  const beyond = places.filter((place) => !block.across_values.includes(columns[block.across][place]) || !block.down_values.includes(columns[block.down][place]));
  return {
    content: element("div", { class: "map-holder" },
      element("table", { class: "map" },
        element("thead", {}, element("tr", {}, element("td"),
          block.across_values.map((across) => element("th", { scope: "col", title: write.meaning(block.across, across) || null }, write.value(block.across, across))))),
        element("tbody", {}, block.down_values.map((down) => element("tr", {},
          element("th", { scope: "row" }, write.value(block.down, down)),
          block.across_values.map((across) => field(across, down)))))),
      beyond.length > 0 && element("p", { class: "beyond" }, write.words("beyond"), " ", beyond.map((place, number) =>
        `${number ? "; " : ""}${write.value(block.across, columns[block.across][place])}, ${write.value(block.down, columns[block.down][place])}: ${write.value(first, columns[first][place])}`))),
    places: { [block.figure]: places },
  };
}
