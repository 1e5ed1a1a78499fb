// The first numbers of a page: what is, how it changed, how sure it is.

function drawTiles(view, block) {
  return { content: element("ul", { class: "tiles-list" }, block.tiles.map((tile) => drawTile(view, tile))) };
}

function drawTile(view, tile) {
  const { write } = view;
  const columns = view.columns(tile.figure);
  const [place] = view.places(tile.figure);
  const of = (name) => (name && place !== undefined ? columns[name][place] : null);
  const value = of(tile.value);
  const known = value !== null && value !== undefined;
  const lines = [];
  if (!known) {
    if (tile.missing) lines.push(element("p", { class: "reason" }, write.of(tile.missing)));
  } else {
    if (tile.change) lines.push(drawChange(view, tile, of));
    if (tile.high) {
      const [low, high] = [of(tile.low), of(tile.high)];
      // Rates have a 95 % interval, sums a band of nine in ten past totals, which may lie beside.
      const words = write.kind(tile.value) === "ratio" ? "interval" : value < low ? "band_above" : value > high ? "band_below" : "band";
      lines.push(element("p", { class: "reason" }, low !== null && high !== null
        ? write.words(words, { low: write.value(tile.low, low), high: write.value(tile.high, high) })
        : write.words("no_band")));
    }
    if (tile.rests_on) lines.push(element("p", { class: "reason" }, `${write.title(tile.rests_on)}: ${write.value(tile.rests_on, of(tile.rests_on))}`));
  }
  const note = of(tile.note);
  return element(
    "li",
    { class: "tile" },
    element("h3", {}, write.title(tile.value),
      note !== null && known && element("small", {}, ` ${write.value(tile.note, note)}`)),
    element("p", { class: known ? "number" : "number none", "data-figure": tile.figure, "data-column": tile.value },
      known ? write.value(tile.value, value) : write.words("insufficient")),
    lines,
  );
}

function drawChange(view, tile, of) {
  const { write } = view;
  const difference = of(tile.change);
  if (difference === null) return element("p", { class: "reason" }, write.words("none_before"));
  const change = write.change(tile.value, difference);
  const since = "before_date" in view.columns(tile.figure) ? of("before_date") : null;
  const text = since
    ? write.words("before", { change, date: write.value("before_date", since) })
    : write.words("compared", { change });
  const turn = difference > 0 ? "up" : difference < 0 ? "down" : "even";
  return element("p", { class: `change ${turn}`, "data-figure": tile.figure, "data-column": tile.change }, text);
}
