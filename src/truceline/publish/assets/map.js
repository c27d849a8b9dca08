// The interactive map. Everything comes from files beside the page; nothing is asked of the network.
"use strict";
(() => {
  const { incidents: held, outlines } = window.truceline || {};
  const place = document.getElementById("map");
  if (!held || !outlines || !window.maplibregl || !place || !hasWebGL()) return; // the still picture stays

  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const paint = dark
    ? { sea: "#101316", land: "#23272c", home: "#2c3137", edge: "#6b7077", far: "#3b4046", ink: "#e7e5e0", shade: "#c9c5bb", paper: "#15171a" }
    : { sea: "#eef1f2", land: "#e3e2dc", home: "#faf9f5", edge: "#8d8a80", far: "#bdbab0", ink: "#1c1e21", shade: "#55595f", paper: "#ffffff" };
  const kinds = new Map(held.kinds.map((kind) => [kind.id, kind]));
  const shapes = new Map(held.shapes.map((shape) => [shape.id, shape]));
  const days = [...new Set(held.incidents.map((each) => each.day).filter(Boolean))].sort();
  const all = held.incidents;
  const said = new Set(held.kinds.filter((kind) => kind.said).map((kind) => kind.id));
  const byId = new Map(all.map((each) => [each.id, each]));
  const groups = new Map();
  const $ = (id) => document.getElementById(id);

  document.documentElement.classList.add("live");
  const [west, south, east, north] = outlines.box;
  const map = new maplibregl.Map({
    container: place,
    style: { version: 8, sources: {}, layers: [{ id: "sea", type: "background", paint: { "background-color": paint.sea } }] },
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 20 },
    maxBounds: [[west - 8, south - 6], [east + 8, north + 6]],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    maxZoom: 12,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ maxWidth: 120 }), "bottom-left");
  map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: "Made with Natural Earth" }), "bottom-right");

  map.on("load", () => {
    addOutlines();
    addMarks();
    addLabels();
    wire();
    show();
    document.documentElement.dataset.map = "ready";
    if (location.hash && byId.has(decodeURIComponent(location.hash.slice(1)))) open(decodeURIComponent(location.hash.slice(1)), true);
  });

  function hasWebGL() {
    try {
      const canvas = document.createElement("canvas");
      return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
    } catch {
      return false;
    }
  }

  function collection(features) {
    return { type: "FeatureCollection", features };
  }

  function addOutlines() {
    map.addSource("land", { type: "geojson", data: collection(outlines.land) });
    map.addSource("home", { type: "geojson", data: collection(outlines.home), promoteId: "code" });
    map.addLayer({ id: "land", type: "fill", source: "land", paint: { "fill-color": paint.land } });
    map.addLayer({ id: "land-edge", type: "line", source: "land", paint: { "line-color": paint.far, "line-width": 0.8 } });
    map.addLayer({ id: "home", type: "fill", source: "home", paint: { "fill-color": paint.home } });
    map.addLayer({
      id: "shade", type: "fill", source: "home",
      paint: { "fill-color": paint.shade, "fill-opacity": ["*", 0.32, ["coalesce", ["feature-state", "share"], 0]] },
    });
    map.addLayer({
      id: "home-edge", type: "line", source: "home", filter: ["!", ["get", "disputed"]],
      paint: { "line-color": paint.edge, "line-width": 1 },
    });
    map.addLayer({
      id: "disputed-edge", type: "line", source: "home", filter: ["get", "disputed"],
      paint: { "line-color": paint.ink, "line-width": 1.2, "line-dasharray": [3, 3] },
    });
  }

  function addMarks() {
    for (const shape of shapes.values()) for (const kind of kinds.values()) map.addImage(`${shape.id}/${kind.id}`, icon(shape, kind), { pixelRatio: 2 });
    map.addSource("circles", { type: "geojson", data: collection([]) });
    map.addSource("marks", { type: "geojson", data: collection([]) });
    map.addLayer({ id: "circles", type: "fill", source: "circles", paint: { "fill-color": ["get", "colour"], "fill-opacity": ["get", "opacity"] } });
    map.addLayer({ id: "circles-edge", type: "line", source: "circles", paint: { "line-color": paint.ink, "line-opacity": 0.45, "line-width": 0.8 } });
    map.addLayer({
      id: "marks", type: "symbol", source: "marks",
      layout: {
        "icon-image": ["get", "icon"],
        // Words said are drawn smaller and beneath acts done.
        "icon-size": ["interpolate", ["linear"], ["zoom"], 5, ["*", 0.55, ["get", "size"]], 9, ["*", 1.25, ["get", "size"]]],
        "icon-offset": ["get", "offset"],
        "symbol-sort-key": ["get", "rank"],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    });
  }

  function icon(shape, kind) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 40;
    const pen = canvas.getContext("2d");
    pen.translate(4, 4);
    pen.scale(2, 2);
    pen.lineJoin = "round";
    const path = new Path2D(shape.path);
    pen.fillStyle = shape.filled ? kind.colour : "#ffffff";
    pen.strokeStyle = shape.filled || kind.colour !== "#000000" ? "#1c1e21" : "#ffffff";
    pen.lineWidth = shape.filled ? 1.2 : 4;
    if (shape.filled && dark) pen.strokeStyle = "#ffffff";
    pen.fill(path);
    pen.stroke(path);
    if (!shape.filled) {
      pen.strokeStyle = kind.colour;
      pen.lineWidth = 2.2;
      pen.stroke(path);
    }
    return pen.getImageData(0, 0, 40, 40);
  }

  // Labels are elements, so that any script the browser can write is drawn without glyph files.
  function addLabels() {
    const labels = [...outlines.labels, ...outlines.towns].map((label) => {
      const element = document.createElement("div");
      element.className = `place-label ${label.rank}`;
      element.textContent = label.name;
      element.setAttribute("aria-hidden", "true");
      return { label, element, marker: new maplibregl.Marker({ element, anchor: "center" }).setLngLat(label.at).addTo(map) };
    });
    const thin = () => {
      for (const { label, element } of labels) element.hidden = label.rank === "town" && map.getZoom() < 7;
    };
    map.on("zoom", thin);
    thin();
  }

  function chosen() {
    const first = days[Number($("from").value)] || "";
    const last = days[Number($("to").value)] || "9999";
    const kind = $("kind").value;
    const shape = $("shape").value;
    const everything = Number($("from").value) <= Number($("from").dataset.first) && last === days[days.length - 1];
    return all.filter(
      (each) => (each.day ? each.day >= first && each.day <= last : everything) && (!kind || each.kind === kind) && (!shape || each.shape === shape),
    );
  }

  function show() {
    const now = chosen();
    $("from-words").textContent = days[Number($("from").value)] || "";
    $("to-words").textContent = days[Number($("to").value)] || "";
    $("count").textContent = `${now.length} of ${all.length} incidents`;
    groups.clear();
    const circles = new Map();
    const areas = new Map();
    for (const each of now) {
      if (each.area) areas.set(each.area, (areas.get(each.area) || 0) + 1);
      if (!each.at) continue;
      const key = `${each.at}|${each.shape}|${each.kind}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(each);
      if (each.km) circles.set(`${each.at}|${each.km}`, each);
    }
    const stacked = new Map();
    const marks = [...groups].map(([key, members]) => mark(key, members, stacked));
    const most = Math.max(1, ...areas.values());
    map.removeFeatureState({ source: "home" });
    for (const [code, count] of areas) map.setFeatureState({ source: "home", id: code }, { share: 0.35 + (0.65 * count) / most });
    map.getSource("marks").setData(collection(marks));
    map.getSource("circles").setData(collection([...circles.values()].map(circle)));
    showTable(new Set(now.map((each) => each.id)));
  }

  // One mark for all incidents of one kind and verdict at one place, larger the more there are; others stand around it.
  function mark(key, members, stacked) {
    const [first] = members;
    const nth = stacked.get(String(first.at)) || 0;
    stacked.set(String(first.at), nth + 1);
    const turn = 2.4 * nth;
    const away = 13 * Math.sqrt(nth);
    const quiet = said.has(first.kind);
    return {
      type: "Feature", geometry: { type: "Point", coordinates: first.at },
      properties: {
        key, icon: `${first.shape}/${first.kind}`, rank: quiet ? 0 : 1,
        size: (quiet ? 0.8 : 1) * (1 + 0.4 * Math.log10(members.length)),
        offset: [away * Math.cos(turn), away * Math.sin(turn)],
      },
    };
  }

  function showTable(ids) {
    for (const row of document.querySelectorAll("tr[id^='r-']")) row.hidden = !ids.has(row.id.slice(2));
  }

  function circle(each) {
    const [lon, lat] = each.at;
    const ring = [];
    for (let step = 0; step <= 48; step += 1) {
      const turn = (step / 48) * 2 * Math.PI;
      ring.push([
        lon + ((each.km / 111.32) * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180),
        lat + (each.km / 111.32) * Math.sin(turn),
      ]);
    }
    return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties: { id: each.id, colour: kinds.get(each.kind).colour, opacity: each.km > 30 ? 0.02 : 0.12 } };
  }

  function wire() {
    for (const id of ["from", "to", "kind", "shape"]) $(id).addEventListener("input", (event) => {
      const other = event.target.id === "from" ? $("to") : $("from");
      if (event.target.id === "from" && Number(other.value) < Number(event.target.value)) other.value = event.target.value;
      if (event.target.id === "to" && Number(other.value) > Number(event.target.value)) other.value = event.target.value;
      show();
    });
    $("controls").addEventListener("submit", (event) => event.preventDefault());
    map.on("click", (event) => {
      const near = [[event.point.x - 9, event.point.y - 9], [event.point.x + 9, event.point.y + 9]];
      const keys = new Set(map.queryRenderedFeatures(near, { layers: ["marks"] }).map((each) => each.properties.key));
      const found = [...keys].flatMap((key) => groups.get(key) || []).map((each) => each.id);
      const wide = found.length ? found : [...new Set(map.queryRenderedFeatures(event.point, { layers: ["circles"] }).map((each) => each.properties.id))];
      if (wide.length) return open(wide[0], false, wide);
      const [under] = map.queryRenderedFeatures(event.point, { layers: ["home"] });
      const inside = under ? chosen().filter((each) => each.area === under.properties.code).map((each) => each.id) : [];
      if (inside.length) open(inside[0], false, inside);
    });
    for (const name of ["mouseenter", "mouseleave"]) map.on(name, "marks", () => { map.getCanvas().style.cursor = name === "mouseenter" ? "pointer" : ""; });
    document.querySelector("main").addEventListener("click", (event) => {
      const row = event.target.closest("tr[id^='r-']");
      if (row && !event.target.closest("a, button, [tabindex]")) open(row.id.slice(2), true);
    });
  }

  function make(tag, words, className) {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (className) element.className = className;
    return element;
  }

  function open(id, fly, among = [id]) {
    const each = byId.get(id);
    const panel = $("panel");
    panel.replaceChildren(make("h2", each.title));
    panel.append(make("p", `${kinds.get(each.kind).label} · ${shapes.get(each.shape).words} · ${each.when} · ${each.where}`, "soft"));
    panel.append(make("p", `Said to be by ${each.who}. ${each.harm || "No harm told"}. ${each.told}. Grade ${each.grade}.`));
    const sides = make("div", undefined, "sides");
    for (const [heading, mine] of [["Told", (one) => one.stance !== "denies"], ["Denied", (one) => one.stance === "denies"]]) {
      const column = make("div");
      const tellings = each.tellings.filter(mine);
      column.append(make("h4", `${heading} (${tellings.length})`));
      for (const one of tellings) {
        const card = make("article", undefined, "telling");
        card.append(make("p", one.chain, "values"));
        const quote = make("blockquote");
        quote.dir = "auto";
        quote.append(make("span", one.quote, `claim ${one.line}`));
        card.append(quote);
        column.append(card);
      }
      sides.append(column);
    }
    if (each.tellings.length) panel.append(sides);
    if (each.page) {
      const link = make("a", "All that is held on this incident");
      link.href = `incidents/${encodeURIComponent(each.page)}`;
      panel.append(link);
    } else panel.append(make("p", "This incident has no page of its own; its claims are in data/claims.csv.", "note"));
    if (among.length > 1) panel.append(stepper(id, among));
    panel.hidden = false;
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    for (const row of document.querySelectorAll("tr.aimed")) row.classList.remove("aimed");
    const row = document.getElementById(`r-${id}`);
    if (row) row.classList.add("aimed");
    if (fly && each.at) map.jumpTo({ center: each.at, zoom: Math.max(map.getZoom(), each.km ? 8 : 9) });
    if (fly) panel.focus();
  }

  function stepper(id, among) {
    const line = make("p", `${among.indexOf(id) + 1} of ${among.length} here. `, "pager");
    const next = make("button", "Next");
    next.type = "button";
    next.addEventListener("click", () => open(among[(among.indexOf(id) + 1) % among.length], false, among));
    line.append(next);
    return line;
  }
})();
