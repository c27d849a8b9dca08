// Map, timeline and table of the register, bound together. The page is whole without this file.
const MOST = 2000; // points drawn at once; more would hide each other and take seconds to bring
const $ = (id) => document.getElementById(id);
const rowOf = (id) => document.getElementById(`r-${id}`);

if ($("legend") && matchMedia("(max-width: 44rem)").matches) $("legend").open = false; // the table is not far then
bindTimeline($("timeline"));
bindMap($("map"));

// ---- the timeline: a day by click or by arrow and Enter, a stretch by dragging

function bindTimeline(drawing) {
  if (!drawing) return;
  const bars = [...drawing.querySelectorAll("a")];
  const reach = (nth) => {
    const bar = bars[Math.max(0, Math.min(bars.length - 1, nth))];
    for (const each of bars) each.setAttribute("tabindex", each === bar ? "0" : "-1");
    return bar;
  };
  if (bars.length) reach(bars.length - 1);
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -bars.length, End: bars.length }[event.key];
    if (step === undefined || !bars.includes(document.activeElement)) return;
    event.preventDefault();
    reach(bars.indexOf(document.activeElement) + step).focus();
  });
  bindDragging(drawing);
}

function bindDragging(drawing) {
  const days = Number(drawing.dataset.days);
  const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shade.setAttribute("class", "chosen-days");
  shade.setAttribute("height", "60");
  let start = null;
  let dragged = false;
  const dayAt = (event) => {
    const box = drawing.getBoundingClientRect();
    return Math.max(0, Math.min(days - 1, Math.floor(((event.clientX - box.left) / box.width) * days)));
  };
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0) [start, dragged] = [{ day: dayAt(event), x: event.clientX }, false];
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!start || (!dragged && Math.abs(event.clientX - start.x) < 5)) return;
    if (!dragged) drawing.setPointerCapture(event.pointerId);
    dragged = true;
    const [low, high] = [start.day, dayAt(event)].sort((a, b) => a - b);
    shade.setAttribute("x", String((low * 1000) / days));
    shade.setAttribute("width", String(((high - low + 1) * 1000) / days));
    drawing.append(shade);
  });
  drawing.addEventListener("pointerup", (event) => {
    if (start && dragged) goTo(drawing.dataset.first, ...[start.day, dayAt(event)].sort((a, b) => a - b));
    start = null;
  });
  drawing.addEventListener("pointercancel", () => { start = null; shade.remove(); });
  drawing.addEventListener("click", (event) => { if (dragged) event.preventDefault(); dragged = false; });
}

// The same filters with other days; the list starts again from its first page.
function goTo(first, low, high) {
  const day = (nth) => new Date(Date.parse(`${first}T00:00:00Z`) + nth * 86400000).toISOString().slice(0, 10);
  const asked = new URLSearchParams(location.search);
  asked.set("from", day(low));
  asked.set("to", day(high));
  asked.delete("cursor");
  location.assign(`./?${asked}`);
}

// ---- the map: the same incidents as points that lead to their rows, and rows that lead to their points

function bindMap(place) {
  if (!place) return;
  const count = Number(place.dataset.count);
  const fold = place.closest("details");
  const begin = () => startMap(place, count).catch((error) => giveUp(`The map that moves could not be drawn (${error.message}).`));
  if (count > MOST) return offer(count, begin);
  if (fold.open) return begin();
  fold.addEventListener("toggle", begin, { once: true });
  document.documentElement.dataset.map = "waits";
}

function offer(count, begin) {
  const button = make("button", `Move and zoom: the latest ${MOST.toLocaleString("en")} of ${count.toLocaleString("en")}`);
  button.type = "button";
  button.addEventListener("click", () => { button.remove(); begin(); });
  $("map-said").replaceChildren(button);
  document.documentElement.dataset.map = "waits";
}

function giveUp(words) {
  document.documentElement.classList.remove("live");
  document.documentElement.dataset.map = "none";
  $("map-said").textContent = `${words} The picture and the table hold the same.`;
}

async function startMap(place, count) {
  if (!hasWebGL()) return giveUp("This browser draws no map that moves.");
  const named = (name) => new URL(name, import.meta.url).href;
  const [points] = await Promise.all([
    readPoints(),
    load(named("maplibre-gl.js")), load(named("map-base.js")), load(named("map-outlines.js")), load(named("map-legend.js")),
    style(named("maplibre-gl.css")),
  ]);
  const { base, outlines, legend } = window.truceline;
  const kinds = new Map(legend.kinds.map((each) => [each.id, each]));
  const shapes = new Map(legend.shapes.map((each) => [each.id, each]));
  const incidents = points.map((each) => incidentOf(each, legend, outlines));
  place.style.height = `${Math.max(320, document.querySelector(".map-fold .still").offsetHeight)}px`;
  document.documentElement.classList.add("live");
  const map = base.start(place, outlines, { cooperativeGestures: true });
  map.on("load", () => {
    base.dress(map, outlines, kinds, shapes);
    bindChoice({ base, map, incidents, groups: base.show(map, incidents, kinds) });
    $("map-said").textContent = told(incidents.length, count);
    document.documentElement.dataset.map = "ready";
  });
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
}

function load(address) {
  return new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: address, async: false, onload: done });
    script.onerror = () => fail(new Error(`${address} did not come`));
    document.head.append(script);
  });
}

function style(address) {
  return new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: done });
    document.head.prepend(link); // our own rules come after it and win
  });
}

// The points of the view, a line each, until there are enough.
async function readPoints() {
  const asked = new URLSearchParams(location.search);
  asked.delete("cursor");
  const answer = await fetch(`api/v1/incidents.geojson?${asked}`);
  if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const points = [];
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value || "")).split("\n");
    rest = done ? "" : lines.pop();
    for (const line of lines) if (line.startsWith('{"type":"Feature",')) points.push(JSON.parse(line.replace(/,$/, "")));
    if (points.length >= MOST) await reader.cancel();
    if (done || points.length >= MOST) return points.slice(0, MOST);
  }
}

function incidentOf(feature, legend, outlines) {
  const told = feature.properties;
  const kind = legend.kinds.find((each) => each.label === told.kind) || legend.kinds[legend.kinds.length - 1];
  const shape = legend.shapes.find((each) => each.value === (told.verdict || "")) || legend.shapes[0];
  const common = { id: feature.id, title: told.title, where: told.place || told.area, kind: kind.id, shape: shape.id, words: `${kind.label} · ${shape.words}` };
  if (feature.geometry) {
    const isVague = !["point", "settlement"].includes(told.precision) && told.radius_km;
    return { ...common, at: feature.geometry.coordinates, ...(isVague ? { km: told.radius_km } : {}) };
  }
  const inside = told.precision === "admin1" && outlines.home.find((each) => each.properties.name === told.area);
  return inside ? { ...common, area: inside.properties.code } : common;
}

function told(shown, count) {
  const part = shown < count ? `Drawn here: the latest ${shown.toLocaleString("en")} of ${count.toLocaleString("en")}; narrow the filters for the others. ` : "";
  return `${part}Choose a mark to find its row, or the place in a row to find its mark.`;
}

function bindChoice(bound) {
  const { base, map, incidents } = bound;
  const byId = new Map(incidents.map((each) => [each.id, each]));
  map.on("click", (event) => {
    const found = base.find(map, event.point, bound.groups, () => incidents);
    if (found.length) choose(found.map((id) => byId.get(id)), bound);
  });
  for (const name of ["mouseenter", "mouseleave"]) map.on(name, "marks", () => { map.getCanvas().style.cursor = name === "mouseenter" ? "pointer" : ""; });
  for (const each of incidents) if (each.at && rowOf(each.id)) bindRow(rowOf(each.id), each, bound);
}

// The place in a row becomes a button that shows it on the map.
function bindRow(row, incident, { base, map }) {
  const where = row.querySelector("[data-label='Where'] bdi");
  const button = make("button", undefined, "to-map");
  button.type = "button";
  button.title = "Show on the map";
  where.replaceWith(button);
  button.append(where);
  button.addEventListener("click", () => {
    aimRows([incident]);
    base.aim(map, incident.at);
    map.jumpTo({ center: incident.at, zoom: Math.max(map.getZoom(), incident.km ? 8 : 9) });
    tellChosen([incident]);
    $("map-wrap").scrollIntoView({ block: "nearest" });
    map.getCanvas().focus({ preventScroll: true });
  });
}

// One incident with a row: its row gets the focus. Several, or one further down the list: they are named under the map.
function choose(found, { base, map }) {
  base.aim(map, found[0].at);
  aimRows(found);
  tellChosen(found);
  const row = found.length === 1 && rowOf(found[0].id);
  if (row) row.querySelector("a").focus();
  else $("panel").focus();
}

function aimRows(found) {
  for (const row of document.querySelectorAll("tr.aimed")) row.classList.remove("aimed");
  for (const each of found) rowOf(each.id)?.classList.add("aimed");
}

function tellChosen(found) {
  const list = make("ul");
  for (const each of found.slice(0, 20)) {
    const line = make("li");
    const link = make("a", each.title);
    link.href = `incidents/${encodeURIComponent(each.id)}.html`;
    line.append(link, make("span", ` ${each.words}`, "soft"));
    if (rowOf(each.id)) {
      const button = make("button", "its row");
      button.type = "button";
      button.setAttribute("aria-label", `Row of ${each.title}`);
      button.addEventListener("click", () => rowOf(each.id).querySelector("a").focus());
      line.append(" ", button);
    }
    list.append(line);
  }
  if (found.length > 20) list.append(make("li", `and ${found.length - 20} more; zoom in, or narrow the filters`, "soft"));
  $("panel").replaceChildren(make("h2", found.length === 1 ? found[0].where : `${found.length} incidents here`), list);
  $("panel").hidden = false;
}

function make(tag, words, className) {
  const element = document.createElement(tag);
  if (words !== undefined) element.textContent = words;
  if (className) element.className = className;
  return element;
}
