// What a reader looks at, kept in the address: #/zh/retail/rfm?segment=champions

/** Return what a part of an address says; what is not well encoded stays as it is. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Return the pages that have something to say of a unit. */
function pagesOf(site, unit) {
  return site.pages.filter(({ units }) => units === null || units.includes(unit));
}

/** Return the place an address names; what it does not name, or names wrongly, is the first. */
function parseAddress(hash, site) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [language, unit, page] = path.split("/");
  const units = site.units.map((each) => each.id);
  const own = units.includes(unit) ? unit : (units[0] ?? "none");
  const pages = pagesOf(site, own).map((each) => each.id);
  return {
    language: site.languages.includes(language) ? language : site.languages[0],
    unit: own,
    page: pages.includes(page) ? page : pages[0],
    choices: Object.fromEntries(
      query.split("&").filter(Boolean).map((part) => part.split("=").map(decode)),
    ),
  };
}

/** Return the address of a place. */
function formatAddress({ language, unit, page, choices }) {
  const query = Object.entries(choices)
    .map((part) => part.map(encodeURIComponent).join("="))
    .join("&");
  return `#/${language}/${unit}/${page}${query ? `?${query}` : ""}`;
}
