// The interactive map. Everything comes from files beside the page; nothing is asked of the network.
"use strict";
(() => {
  const { incidents: held, outlines, base } = window.truceline || {};
  const place = document.getElementById("map");
  if (!held || !outlines || !base || !window.maplibregl || !place || !base.hasWebGL()) return; // the still picture stays
  const { make } = base;

  const kinds = new Map(held.kinds.map((kind) => [kind.id, kind]));
  const shapes = new Map(held.shapes.map((shape) => [shape.id, shape]));
  const days = [...new Set(held.incidents.map((each) => each.day).filter(Boolean))].sort();
  const all = held.incidents;
  const byId = new Map(all.map((each) => [each.id, each]));
  let groups = new Map();
  const $ = (id) => document.getElementById(id);

  document.documentElement.classList.add("live");
  const map = base.start(place, outlines);

  map.on("load", () => {
    base.dress(map, outlines, kinds, shapes);
    wire();
    show();
    document.documentElement.dataset.map = "ready";
    if (location.hash && byId.has(decodeURIComponent(location.hash.slice(1)))) open(decodeURIComponent(location.hash.slice(1)), true);
  });

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
    groups = base.show(map, now, kinds);
    showTable(new Set(now.map((each) => each.id)));
  }

  function showTable(ids) {
    for (const row of document.querySelectorAll("tr[id^='r-']")) row.hidden = !ids.has(row.id.slice(2));
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
      const found = base.find(map, event.point, groups, chosen);
      if (found.length) open(found[0], false, found);
    });
    for (const name of ["mouseenter", "mouseleave"]) map.on(name, "marks", () => { map.getCanvas().style.cursor = name === "mouseenter" ? "pointer" : ""; });
    document.querySelector("main").addEventListener("click", (event) => {
      const row = event.target.closest("tr[id^='r-']");
      if (row && !event.target.closest("a, button, [tabindex]")) open(row.id.slice(2), true);
    });
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
    base.aim(map, each.at);
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
