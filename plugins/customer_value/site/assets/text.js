// Words and numbers as a reader of one language writes them.

const MISSING = "–";
const NUMBERS = ["count", "money", "price", "ratio", "number", "coefficient"];
const LOCALES = { en: "en-US", zh: "zh-CN" };

/** Return what writes values of one unit in one language. */
function writer(site, language, currency) {
  const locale = LOCALES[language];
  const number = (options) => new Intl.NumberFormat(locale, options);
  const money = { style: "currency", currency, currencyDisplay: "narrowSymbol" };
  const fixed = (digits, options = {}) =>
    number({ ...options, minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = fixed(0);
  const formats = {
    count: (value) => whole.format(value),
    number: (value) => fixed(1).format(value),
    coefficient: (value) => fixed(3).format(value),
    money: (value) => fixed(0, money).format(value),
    price: (value) => fixed(2, money).format(value),
    ratio: (value) => fixed(1, { style: "percent" }).format(value),
    date: (value) => day(value, { year: "numeric", month: "short", day: "numeric" }),
    month: (value) => day(value, { year: "numeric", month: "short" }),
    instant: (value) => `${formats.date(value.slice(0, 10))} ${value.slice(11, 16)}`,
    flag: (value) => words(value ? "yes" : "no"),
    text: (value) => String(value),
  };
  const short = {
    money: (value) => number({ ...money, notation: "compact", maximumFractionDigits: 1 }).format(value),
    count: (value) => number({ notation: "compact", maximumFractionDigits: 1 }).format(value),
    number: (value) => number({ maximumFractionDigits: 1 }).format(value),
    ratio: (value) => number({ style: "percent", maximumFractionDigits: 0 }).format(value),
    month: (value) => day(value, { year: "2-digit", month: "short" }),
    date: (value) => day(value, { year: "2-digit", month: "numeric", day: "numeric" }),
  };

  function day(value, options) {
    const [year, month, date] = value.split("-").map(Number);
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(
      Date.UTC(year, month - 1, date),
    );
  }

  /** Return words of the frame, with {names} filled in. */
  function words(name, values = {}) {
    return site.frame[name][language].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  function code(word, value) {
    const known = word.kind === "label" ? site.labels[word.of] : site.codes[word.of];
    const found = known?.[value];
    return found ? found[language] : String(value);
  }

  const word = (column) => site.columns[column];
  const coded = (column) => ["label", "code"].includes(word(column).kind);

  return {
    language,
    words,
    title: (column) => word(column)[language],
    of: (text) => text[language],
    kind: (column) => word(column).kind,
    numeric: (column) => NUMBERS.includes(word(column).kind),
    meaning: (column, value) =>
      word(column).kind === "label"
        ? (site.labels[word(column).of]?.[value]?.[`meaning_${language}`] ?? "")
        : "",
    value(column, value) {
      if (value === null || value === undefined) return MISSING;
      return coded(column) ? code(word(column), value) : formats[word(column).kind](value);
    },
    short(column, value) {
      if (value === null || value === undefined) return MISSING;
      return (short[word(column).kind] ?? ((plain) => this.value(column, plain)))(value);
    },
    change(column, difference) {
      const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
      return sign + this.value(column, Math.abs(difference));
    },
    days: (count) => whole.format(count),
  };
}
