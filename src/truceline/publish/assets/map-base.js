// What every moving map here is made of: the ground, the marks, the labels. Nothing is asked of the network.
"use strict";
window.truceline = window.truceline || {};
window.truceline.base = (() => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const paint = dark
    ? { sea: "#101316", land: "#23272c", home: "#2c3137", edge: "#6b7077", far: "#3b4046", ink: "#e7e5e0", shade: "#c9c5bb", paper: "#15171a" }
    : { sea: "#eef1f2", land: "#e3e2dc", home: "#faf9f5", edge: "#8d8a80", far: "#bdbab0", ink: "#1c1e21", shade: "#55595f", paper: "#ffffff" };

  return { hasWebGL, start, dress, show, find, aim, make };

  function hasWebGL() {
    try {
      const canvas = document.createElement("canvas");
      return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
    } catch {
      return false;
    }
  }

  // A map of this country in an element, with nothing on it yet.
  function start(place, outlines, options = {}) {
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
      ...options,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibregl.ScaleControl({ maxWidth: 120 }), "bottom-left");
    map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: "Made with Natural Earth" }), "bottom-right");
    return map;
  }

  // Ground, marks and labels, once the map has loaded; `kinds` and `shapes` are Maps by id.
  function dress(map, outlines, kinds, shapes) {
    addOutlines(map, outlines);
    addMarks(map, kinds, shapes);
    addLabels(map, outlines);
  }

  function collection(features) {
    return { type: "FeatureCollection", features };
  }

  function addOutlines(map, outlines) {
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

  function addMarks(map, kinds, shapes) {
    // Where the marks of one place stand around it: by number, for a list as a property of a mark comes back as text.
    const places = [...Array(kinds.size * shapes.size).keys()].flatMap((nth) => [nth, ["literal", around(nth)]]);
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
        "icon-offset": ["match", ["get", "nth"], ...places, ["literal", [0, 0]]],
        "symbol-sort-key": ["get", "rank"],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    });
    map.addSource("aim", { type: "geojson", data: collection([]) });
    map.addLayer({ id: "aim", type: "circle", source: "aim", paint: { "circle-radius": 15, "circle-color": "transparent", "circle-stroke-color": paint.ink, "circle-stroke-width": 2.5 } });
  }

  function around(nth) {
    return [13 * Math.sqrt(nth) * Math.cos(2.4 * nth), 13 * Math.sqrt(nth) * Math.sin(2.4 * nth)];
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
  function addLabels(map, outlines) {
    const labels = [...outlines.labels, ...outlines.towns].map((label) => {
      const element = document.createElement("div");
      element.className = `place-label ${label.rank}`;
      element.textContent = label.name;
      element.setAttribute("aria-hidden", "true");
      return { label, element, marker: new maplibregl.Marker({ element, anchor: "center" }).setLngLat(label.at).addTo(map) };
    });
    // A label that would lie on an earlier one waits until there is room; towns wait for a closer look.
    const thin = () => {
      const taken = [];
      for (const { label, element } of labels) {
        const { x, y } = map.project(label.at);
        const half = 3.4 * label.name.length;
        const isFree = taken.every((each) => Math.abs(each.x - x) > each.half + half || Math.abs(each.y - y) > 13);
        element.hidden = !isFree || (label.rank === "town" && map.getZoom() < 7);
        if (!element.hidden) taken.push({ x, y, half });
      }
    };
    map.on("zoom", thin);
    thin();
  }

  // Draws these incidents, each { id, kind, shape } with `at` and perhaps `km`, or `area`; gives those of each mark by its key.
  function show(map, incidents, kinds) {
    const groups = new Map();
    const circles = new Map();
    const areas = new Map();
    for (const each of incidents) {
      if (each.area) areas.set(each.area, (areas.get(each.area) || 0) + 1);
      if (!each.at) continue;
      const key = `${each.at}|${each.shape}|${each.kind}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(each);
      if (each.km) circles.set(`${each.at}|${each.km}`, each);
    }
    const stacked = new Map();
    const marks = [...groups].map(([key, members]) => mark(key, members, stacked, kinds));
    const most = Math.max(1, ...areas.values());
    map.removeFeatureState({ source: "home" });
    for (const [code, count] of areas) map.setFeatureState({ source: "home", id: code }, { share: 0.35 + (0.65 * count) / most });
    map.getSource("marks").setData(collection(marks));
    map.getSource("circles").setData(collection([...circles.values()].map((each) => circle(each, kinds))));
    return groups;
  }

  // One mark for all incidents of one kind and verdict at one place, larger the more there are; others stand around it.
  function mark(key, members, stacked, kinds) {
    const [first] = members;
    const nth = stacked.get(String(first.at)) || 0;
    stacked.set(String(first.at), nth + 1);
    const quiet = kinds.get(first.kind).said;
    return {
      type: "Feature", geometry: { type: "Point", coordinates: first.at },
      properties: {
        key, icon: `${first.shape}/${first.kind}`, rank: quiet ? 0 : 1,
        size: (quiet ? 0.8 : 1) * (1 + 0.4 * Math.log10(members.length)),
        nth,
      },
    };
  }

  function circle(each, kinds) {
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

  // The ids of what is drawn at a point of the screen: marks, else circles, else the province under it.
  function find(map, point, groups, shown) {
    const near = [[point.x - 9, point.y - 9], [point.x + 9, point.y + 9]];
    const keys = new Set(map.queryRenderedFeatures(near, { layers: ["marks"] }).map((each) => each.properties.key));
    const marked = [...keys].flatMap((key) => groups.get(key) || []).map((each) => each.id);
    if (marked.length) return marked;
    const wide = [...new Set(map.queryRenderedFeatures(point, { layers: ["circles"] }).map((each) => each.properties.id))];
    if (wide.length) return wide;
    const [under] = map.queryRenderedFeatures(point, { layers: ["home"] });
    return under ? shown().filter((each) => each.area === under.properties.code).map((each) => each.id) : [];
  }

  // A ring around one place; none without a place.
  function aim(map, at) {
    map.getSource("aim").setData(collection(at ? [{ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: {} }] : []));
  }

  function make(tag, words, className) {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (className) element.className = className;
    return element;
  }
})();
