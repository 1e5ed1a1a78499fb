// The one way to make elements: text is always text, never markup.

/** Return an element with attributes, listeners (functions) and children (strings or nodes). */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else if (key === "style") for (const [part, to] of Object.entries(value)) made.style.setProperty(part, to);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Return a line with names of what is meant, to be read as text by everybody. */
function message(title, text = "") {
  return element("div", { class: "empty" }, element("strong", {}, title), text && element("p", {}, text));
}

/** Return buttons of which one is pressed. */
function choiceOf(label, options, current, pick) {
  return element(
    "div",
    { class: "choice", role: "group", "aria-label": label },
    options.map(({ value, title }) =>
      element(
        "button",
        { type: "button", "aria-pressed": String(value === current), click: () => pick(value) },
        title,
      ),
    ),
  );
}
