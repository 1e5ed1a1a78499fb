// Rows of figures: chosen, sorted, and taken along. Nothing here adds numbers up.

const TOTAL = "all"; // the value that marks a row as the total of a column

/** Return the columns of a figure, with words that come often spelt out again. */
function unpacked(columns) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      Array.isArray(values) ? values : values.at.map((place) => values.of[place]),
    ]),
  );
}

/** Return the places of the rows that hold every chosen value; null chooses the total, or all. */
function chosen(columns, choices) {
  const names = Object.keys(columns);
  const wanted = Object.entries(choices)
    .filter(([name]) => names.includes(name))
    .map(([name, value]) => [name, value ?? (columns[name].includes(TOTAL) ? TOTAL : null)])
    .filter(([, value]) => value !== null);
  const places = [];
  const length = names.length ? columns[names[0]].length : 0;
  for (let place = 0; place < length; place++) {
    if (wanted.every(([name, value]) => String(columns[name][place]) === value)) places.push(place);
  }
  return places;
}

/** Return the values of a column at some places, each once, in their order. */
function distinct(columns, name, places) {
  return [...new Set(places.map((place) => columns[name][place]))];
}

/** Return places in the order of a column; rows without a value stay at the end. */
function sorted(columns, places, name, descending) {
  const values = columns[name];
  const sign = descending ? -1 : 1;
  const compare =
    typeof values.find((value) => value !== null) === "string"
      ? new Intl.Collator(undefined, { numeric: true }).compare
      : (first, second) => first - second;
  return [...places].sort((first, second) => {
    const [a, b] = [values[first], values[second]];
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * compare(a, b);
  });
}

/** Return the places where one of some columns holds the text. */
function found(columns, places, names, text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return places;
  return places.filter((place) =>
    names.some((name) => String(columns[name][place]).toLowerCase().includes(wanted)),
  );
}

/** Return rows as CSV by RFC 4180; text that a spreadsheet would run as a formula is quoted off. */
function asCsv(columns, names, places) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    let text = String(value);
    if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...places.map((place) => names.map((name) => columns[name][place]))];
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
