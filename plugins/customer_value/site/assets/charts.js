// Charts by Apache ECharts. Words in them are drawn on a canvas or set as text, never as markup.

const INK = "#20262d";
const QUIET = "#66707b";
const LINE = "#e4e7ea";
const ACCENT = "#1f5a99";
const LIGHT = "#a9c4e0";
const DOWN = "#b4541a"; // with ACCENT a pair that colour-blind readers tell apart
const SERIES = [ACCENT, "#d1742f", "#3f8f7b", "#8d5a97", "#8a6d1f", "#5f6b76"];
const LABEL_SIZE = 12;
const LABEL_HEIGHT = 17;
const LABEL_GAP = 4;
const FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Return a drawing that ECharts fills once it is on the page. */
function chart(view, block, places, height, options, choices = [], ready = null) {
  const { write } = view;
  const id = block.figure;
  if (!places.length) return { content: message(write.words("empty"), write.words("empty_text")), choices, places: { [id]: places } };
  if (block.kind === "columns" && places.every((place) => view.columns(id)[block.y][place] === null)) {
    return { content: message(write.words("insufficient")), choices, places: { [id]: places } };
  }
  const holder = element("div", {
    class: "chart",
    role: "img",
    "aria-label": `${write.of(block.title ?? view.site.figures[id].title)}. ${write.of(view.site.figures[id].definition)}`,
    style: { height: `${height}px` },
  });
  return {
    content: holder,
    choices,
    places: { [id]: places },
    shown: () => {
      const made = echarts.init(holder, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio) });
      made.setOption({ animation: false, textStyle: { fontFamily: FONT, color: INK }, ...options(holder.clientWidth) });
      const fit = ready?.(made);
      view.keep(made, holder, fit);
    },
  };
}

const axisText = { color: QUIET, fontSize: 12 };
const plainAxis = { axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: axisText };
const valueAxis = { axisLine: { show: false }, axisTick: { show: false }, axisLabel: axisText, splitLine: { lineStyle: { color: LINE } } };

/** Return a tooltip that shows named values, as text nodes. */
function tooltip(lines, trigger = "item") {
  return {
    trigger,
    confine: true,
    borderColor: LINE,
    padding: 10,
    textStyle: { color: INK, fontSize: 13, fontFamily: FONT },
    axisPointer: { type: "line", lineStyle: { color: QUIET, type: "dotted" } },
    formatter: (shown) => {
      const [title, ...rest] = lines(shown);
      return element("div", { class: "tip" }, element("strong", {}, title),
        rest.map(([name, value]) => element("div", {}, element("span", {}, name), element("b", {}, value))));
    },
  };
}

function drawColumns(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const places = view.places(block.figure, [block.x]);
  const numbered = write.kind(block.x) === "count";
  const light = (place) => block.complete && !columns[block.complete][place];
  const range = (place, shown) => {
    const low = write[shown](block.x, columns[block.x][place]);
    if (!block.x_to) return low;
    const high = columns[block.x_to][place];
    return high === null ? write.words("and_more", { low }) : `${low}–${write[shown](block.x_to, high)}`;
  };
  const others = Object.keys(columns).filter((name) => name !== "business_unit" && name !== block.complete);
  return chart(view, block, places, 300, (width) => ({
    grid: { left: 4, right: 8, top: 26, bottom: numbered ? 26 : 4, containLabel: true },
    xAxis: { type: "category", data: places.map((place) => range(place, "short")), ...plainAxis, ...(numbered && { name: write.title(block.x), nameLocation: "middle", nameGap: 28, nameTextStyle: axisText }) },
    yAxis: { type: "value", ...valueAxis, axisLabel: { ...axisText, formatter: (value) => write.short(block.y, value) } },
    tooltip: tooltip(({ dataIndex }) => [
      range(places[dataIndex], "value"),
      ...others.filter((name) => name !== block.x && name !== block.x_to).map((name) => [write.title(name), write.value(name, columns[name][places[dataIndex]])]),
    ]),
    series: [{
      type: "bar",
      barMaxWidth: 44,
      barCategoryGap: "28%",
      data: places.map((place) => ({
        value: columns[block.y][place],
        itemStyle: { color: light(place) ? LIGHT : ACCENT, borderRadius: [3, 3, 0, 0] },
      })),
      label: {
        show: width / places.length > 38,
        position: "top",
        color: QUIET,
        fontSize: 11,
        formatter: ({ dataIndex }) => write.short(block.y, columns[block.y][places[dataIndex]]),
      },
    }],
  }));
}

function drawLines(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const memory = view.memory(block, { measure: block.y[0] });
  const places = view.places(block.figure, [block.x, block.series]);
  const days = DAYS.includes(write.kind(block.x));
  const point = (place, name) => [columns[block.x][place], columns[name][place]];
  let series;
  if (block.series) {
    const names = distinct(columns, block.series, places);
    const marked = view.choice(block.series);
    series = names
      .map((value, number) => ({ value, number, places: places.filter((place) => columns[block.series][place] === value) }))
      .filter(({ places: own }) => own.some((place) => columns[memory.measure][place] !== null))
      .map(({ value, number, places: own }) => ({
        name: write.value(block.series, value),
        color: SERIES[number % SERIES.length],
        faint: marked !== null && marked !== String(value),
        data: own.map((place) => point(place, memory.measure)),
      }));
  } else {
    series = block.y.map((name, number) => ({
      name: write.title(name),
      color: SERIES[number],
      data: places.filter((place) => columns[name][place] !== null).map((place) => point(place, name)),
    }));
  }
  const choices = block.series && block.y.length > 1
    ? [choiceOf(write.words("measure"), block.y.map((value) => ({ value, title: write.title(value) })), memory.measure,
        (value) => { memory.measure = value; view.redraw(block); })]
    : [];
  const shownBy = block.series ? memory.measure : block.y[0];
  const drawn = series.filter(({ data }) => data.length);
  if (!drawn.length) return { content: message(write.words("insufficient")), choices, places: { [block.figure]: places } };
  const scale = days
    ? { type: "category", data: distinct(columns, block.x, places).sort(), ...plainAxis }
    : { type: "value", min: "dataMin", max: "dataMax", ...valueAxis, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: LINE } }, minInterval: write.kind(block.x) === "count" ? 1 : 0, name: write.title(block.x), nameLocation: "middle", nameGap: 28, nameTextStyle: axisText };
  return chart(view, block, places, 330, (width) => ({
    grid: { left: 4, right: 24, top: 40, bottom: days ? 4 : 26, containLabel: true },
    legend: { type: "scroll", top: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 4, textStyle: { color: QUIET }, data: drawn.map(({ name }) => name) },
    xAxis: { ...scale, axisLabel: { ...axisText, formatter: (value) => write.short(block.x, value) } },
    yAxis: { type: "value", ...valueAxis, axisLabel: { ...axisText, formatter: (value) => write.short(shownBy, value) } },
    tooltip: tooltip((shown) => [
      `${write.title(block.x)}: ${write.value(block.x, shown[0].data[0])}`,
      ...shown.map(({ seriesName, data }) => [seriesName, write.value(shownBy, data[1])]),
    ], "axis"),
    series: [
      ...drawn.map(({ name, color, faint, data }) => ({
        type: "line", name, data, showSymbol: data.length < 20, symbol: "circle", symbolSize: 6,
        lineStyle: { width: faint ? 1 : 2.2, opacity: faint ? 0.35 : 1 }, itemStyle: { color, opacity: faint ? 0.35 : 1 },
        endLabel: { show: width > 560 && !block.diagonal, formatter: () => "" },
      })),
      ...(block.diagonal ? [{ type: "line", data: [[0, 0], [1, 1]], symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { color: QUIET, type: "dashed", width: 1 } }] : []),
    ],
  }), choices);
}

function drawBubbles(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const label = write.own(columns, block.label);
  const places = view.places(block.figure, [block.label]);
  const most = places.reduce((high, place) => Math.max(high, columns[block.size][place] ?? 0), 0);
  const marked = view.choice(block.label);
  const faint = (place) => (marked !== null && marked !== String(columns[label][place])) || Boolean(block.strong && !columns[block.strong][place]);
  const parted = block.corners.length > 0;
  const pageOf = view.pageOf(columns);
  const textOf = (place, wide) => {
    const name = write.value(label, columns[label][place]);
    return wide ? `${name}  ${write.short(block.size, columns[block.size][place])}` : name;
  };
  const shown = ["customers_count", block.size, block.x, block.y].filter((name) => name in columns);
  const drawing = chart(view, block, places, 420, (width) => {
    const wide = width > 560;
    const largest = parted ? 44 : wide ? 92 : 56;
    const half = (name) => ({ type: "value", min: 0, max: 1, interval: 0.5, ...valueAxis, name: write.title(name), axisLabel: { ...axisText, formatter: (value) => write.short(name, value) } });
    return {
      grid: { left: 8, right: width > 560 ? 84 : 44, top: 34, bottom: 30, containLabel: true },
      xAxis: parted ? { ...half(block.x), nameLocation: "middle", nameGap: 28, nameTextStyle: axisText } : {
        type: "log", logBase: 2, inverse: block.reverse, ...plainAxis, axisLabel: { ...axisText, formatter: (value) => write.short(block.x, value) },
        name: write.title(block.x), nameLocation: "middle", nameGap: 28, nameTextStyle: axisText, splitLine: { show: true, lineStyle: { color: LINE } },
      },
      yAxis: parted ? { ...half(block.y), nameTextStyle: { ...axisText, align: "left" } } : { type: "value", ...valueAxis, scale: true, boundaryGap: ["0%", "12%"], name: write.title(block.y), nameTextStyle: { ...axisText, align: "left" } },
      tooltip: tooltip(({ dataIndex }) => [
        write.value(label, columns[label][places[dataIndex]]),
        ...shown.map((name) => [write.title(name), write.value(name, columns[name][places[dataIndex]])]),
      ]),
      series: [{
        type: "scatter",
        data: places.map((place) => ({
          value: [columns[block.x][place], columns[block.y][place]],
          symbolSize: Math.max(parted ? 6 : 10, largest * Math.sqrt(Math.max(0, columns[block.size][place] ?? 0) / (most || 1))),
          itemStyle: { color: faint(place) ? "rgba(31,90,153,0.10)" : "rgba(31,90,153,0.38)", borderColor: ACCENT, borderWidth: faint(place) ? 0 : 1 },
          label: { color: faint(place) ? QUIET : INK },
        })),
        label: { show: !parted, fontSize: LABEL_SIZE, distance: LABEL_GAP, formatter: ({ dataIndex }) => textOf(places[dataIndex], wide) },
        markPoint: parted && { silent: true, symbol: "rect", symbolSize: 1, itemStyle: { color: "transparent" }, data: block.corners.map((corner, number) => ({
          coord: [number % 2, number < 2 ? 1 : 0],
          label: { show: true, formatter: write.value(block.corner, corner), color: QUIET, textBorderColor: "#fff", textBorderWidth: 3, fontSize: 13, fontWeight: 600, position: `inside${number < 2 ? "Top" : "Bottom"}${number % 2 ? "Right" : "Left"}`, distance: 8 },
        })) },
      }],
    };
  }, [], (made) => {
    made.on("click", ({ dataIndex }) => {
      const page = pageOf(places[dataIndex]);
      if (page) location.hash = page;
    });
    if (parted) return null;
    const fit = () => placeLabels(made, places.map((place) => textOf(place, made.getWidth() > 560)));
    fit();
    return fit;
  });
  return drawing;
}

/** Put each bubble's name where it covers nothing; what has no room is only in the table below. */
function placeLabels(made, texts) {
  const [{ data }] = made.getOption().series;
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${LABEL_SIZE}px ${FONT}`;
  const bubbles = data.map(({ value, symbolSize }, number) => {
    const [x, y] = made.convertToPixel({ seriesIndex: 0 }, value);
    const radius = symbolSize / 2;
    return { number, x, y, radius, width: context.measureText(texts[number]).width, box: [x - radius, y - radius, x + radius, y + radius] };
  });
  const taken = bubbles.map(({ box }) => box);
  const free = (box, own) => box[0] >= 0 && box[1] >= 0 && box[2] <= made.getWidth() && box[3] <= made.getHeight()
    && taken.every((other) => other === own || box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
  for (const { number, x, y, radius, width, box } of [...bubbles].sort((a, b) => b.radius - a.radius)) {
    const away = radius + LABEL_GAP;
    const half = LABEL_HEIGHT / 2;
    const spots = {
      top: [x - width / 2, y - away - LABEL_HEIGHT, x + width / 2, y - away],
      bottom: [x - width / 2, y + away, x + width / 2, y + away + LABEL_HEIGHT],
      right: [x + away, y - half, x + away + width, y + half],
      left: [x - away - width, y - half, x - away, y + half],
    };
    const position = Object.keys(spots).find((name) => free(spots[name], box));
    if (position) taken.push(spots[position]);
    data[number] = { ...data[number], label: { ...data[number].label, show: Boolean(position), position } };
  }
  made.setOption({ series: [{ data }] });
}

function drawSteps(view, block) {
  const { write } = view;
  const columns = view.columns(block.figure);
  const places = view.places(block.figure);
  const [place] = places;
  const ends = [block.parts[0], block.parts.at(-1)];
  const value = (name) => columns[name][place];
  const drawing = chart(view, block, places, 340, (width) => {
    let level = 0;
    const steps = block.parts.map((name) => {
      const from = ends.includes(name) ? 0 : level;
      level = ends.includes(name) ? value(name) : level + value(name);
      return { name, low: Math.min(from, level), high: Math.max(from, level), down: value(name) < 0, end: ends.includes(name) };
    });
    // Where all levels are near each other, an axis from zero would hide what lies between them.
    const bottom = Math.min(...steps.map(({ end, low, high }) => (end ? high : low)));
    const span = Math.max(...steps.map(({ high }) => high)) - bottom;
    const unit = 10 ** Math.floor(Math.log10(span || 1));
    const base = bottom > 4 * span ? Math.floor((bottom - span) / unit) * unit : 0;
    const digits = base > 0 ? 3 : 1;
    const flat = width < 560;
    const names = steps.map(({ name }) => write.title(name));
    const category = { type: "category", data: names, ...plainAxis, axisLabel: { ...axisText, interval: 0, width: flat ? 84 : width / names.length - 8, overflow: "break" }, inverse: flat };
    const amount = {
      type: "value", ...valueAxis, axisLabel: { ...axisText, formatter: (number) => write.short(ends[0], number, digits), hideOverlap: true },
      ...(base > 0 && { min: base, name: write.words("axis_from", { value: write.short(ends[0], base, digits) }), nameTextStyle: { ...axisText, align: "left" }, ...(flat && { nameLocation: "start", nameGap: 28 }) }),
    };
    return {
      grid: { left: 4, right: flat ? 56 : 8, top: 24, bottom: 4, containLabel: true },
      xAxis: flat ? { ...amount, splitNumber: 2 } : category,
      yAxis: flat ? category : amount,
      tooltip: tooltip(({ dataIndex }) => [names[dataIndex], [write.title(steps[dataIndex].name), write.value(steps[dataIndex].name, value(steps[dataIndex].name))]]),
      series: [
        { type: "bar", stack: "all", silent: true, itemStyle: { color: "transparent" }, data: steps.map(({ low }) => low) },
        {
          type: "bar", stack: "all", barMaxWidth: flat ? 20 : 64,
          data: steps.map(({ low, high, down, end }) => ({ value: high - low, itemStyle: { color: end ? ACCENT : down ? DOWN : LIGHT, borderRadius: 2 } })),
          label: {
            show: true, position: flat ? "right" : "top", color: INK, fontSize: 11,
            formatter: ({ dataIndex }) => {
              const { name, end } = steps[dataIndex];
              if (end) return write.short(name, value(name), digits);
              const sign = value(name) > 0 ? "+" : value(name) < 0 ? "−" : "";
              return sign + write.short(name, Math.abs(value(name)));
            },
          },
        },
      ],
    };
  });
  return drawing;
}
