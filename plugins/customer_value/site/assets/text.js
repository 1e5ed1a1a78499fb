// Words and numbers as a reader of one language writes them.

const MISSING = "–";
const NUMBERS = ["count", "money", "price", "ratio", "number", "coefficient", "score"];
const KEY_SHOWN = 8; // digits of a pseudonym that tell it from others
const LOCALES = { en: "en-US", zh: "zh-CN" };

/** Return what writes values of one unit in one language. */
function writer(site, language, currency) {
  const locale = LOCALES[language];
  const number = (options) => {
    const written = new Intl.NumberFormat(locale, { ...options, signDisplay: "negative" });
    return { format: (value) => written.format(value).replace("-", "−") };
  };
  const recent = (value, options) => `${day(value, options)} ’${value.slice(2, 4)}`;
  const money = { style: "currency", currency, currencyDisplay: "narrowSymbol" };
  const fixed = (digits, options = {}) =>
    number({ ...options, minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = fixed(0);
  const formats = {
    count: (value) => whole.format(value),
    number: (value) => fixed(1).format(value),
    coefficient: (value) => fixed(3).format(value),
    score: (value) => fixed(2).format(value),
    money: (value) => fixed(0, money).format(value),
    price: (value) => fixed(2, money).format(value),
    ratio: (value) => fixed(1, { style: "percent" }).format(value),
    date: (value) => day(value, { year: "numeric", month: "short", day: "numeric" }),
    month: (value) => day(value, { year: "numeric", month: "short" }),
    quarter: (value) => quarter(value, value.slice(0, 4)),
    instant: (value) => `${formats.date(value.slice(0, 10))} ${value.slice(11, 16)}`,
    flag: (value) => words(value ? "yes" : "no"),
    text: (value) => String(value),
    key: (value) => (value.length > KEY_SHOWN ? `${value.slice(0, KEY_SHOWN)}…` : value),
    cells: (value) => value,
  };
  const short = {
    money: (value, digits) => number({ ...money, notation: "compact", minimumFractionDigits: digits > 1 ? digits : 0, maximumFractionDigits: digits }).format(value),
    count: (value) => number({ notation: "compact", maximumFractionDigits: 1 }).format(value),
    number: (value) => number({ maximumFractionDigits: 1 }).format(value),
    ratio: (value) => number({ style: "percent", maximumFractionDigits: 0 }).format(value),
    month: (value) => (language === "zh" ? day(value, { year: "2-digit", month: "short" }) : recent(value, { month: "short" })),
    date: (value) => (language === "zh" ? day(value, { year: "2-digit", month: "numeric", day: "numeric" }) : recent(value, { month: "short", day: "numeric" })),
    quarter: (value) => quarter(value, value.slice(2, 4)),
  };

  function quarter(value, year) {
    const number = Math.floor((Number(value.slice(5, 7)) + 2) / 3);
    return language === "zh" ? `${year}年${number}季度` : `Q${number} ${year.length > 2 ? year : `’${year}`}`;
  }

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

  const word = (column) => site.columns[column];
  const coded = (column) => ["label", "code"].includes(word(column).kind);
  const named = (kind, value) => site.labels[kind]?.[value] ?? site.codes[kind]?.[value];

  /** Return what labels of some kinds, or lists of codes, say of a value. */
  function known(kinds, value) {
    return kinds.split(" ").map((kind) => named(kind, value)).find(Boolean);
  }

  return {
    language,
    words,
    title: (column) => word(column)[language],
    of: (text) => text[language],
    kind: (column) => word(column).kind,
    numeric: (column) => NUMBERS.includes(word(column).kind),
    /** The column of a figure that a block means: some have one for each language. */
    own: (columns, name) => (name in columns ? name : `${name}_${language}`),
    label: (kinds, value) => known(kinds, value)?.[language] ?? String(value),
    meaning: (column, value) => (coded(column) && known(word(column).of, value)?.[`meaning_${language}`]) || (word(column).kind === "key" ? (value ?? "") : ""),
    format: (kind, value) => formats[kind](value),
    moneyOf: (value, code) => fixed(0, { ...money, currency: code }).format(value),
    value(column, value) {
      if (value === null || value === undefined) return MISSING;
      return coded(column) ? this.label(word(column).of, value) : formats[word(column).kind](value);
    },
    /** A value of a column as a choice names it: all of them are text. */
    option(column, value) {
      return this.value(column, word(column).kind === "flag" ? value === "true" : value);
    },
    short(column, value, digits = 1) {
      if (value === null || value === undefined) return MISSING;
      return (short[word(column).kind] ?? ((plain) => this.value(column, plain)))(value, digits);
    },
    change(column, difference) {
      const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
      return sign + this.value(column, Math.abs(difference));
    },
    days: (count) => whole.format(count),
  };
}
