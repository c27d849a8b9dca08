// Claims pointed at or stepped to: their words, their note and their place in the lanes light up together.
// Without this the numbers and the notes lead to each other as links.

const links = [...document.querySelectorAll("sup.ref a")];
const numbers = links.map((link) => link.id.slice(1));
const lit = [];
const said = document.createElement("p");
let switched = true;

const words = (number) => document.getElementById(`c${number}`)?.dataset.words ?? "";

function partsOf(number) {
  const parts = [...document.querySelectorAll("[data-c]")].filter((part) => part.dataset.c.split(" ").includes(number));
  const note = document.getElementById(`n${number}`);
  return note ? [...parts, note] : parts;
}

function isSeen(element) {
  const box = element?.getBoundingClientRect();
  return Boolean(box) && box.bottom > 0 && box.top < innerHeight;
}

function light(number, { tell = false } = {}) {
  for (const part of lit.splice(0)) part.classList.remove("on");
  said.hidden = true;
  if (!number) return;
  for (const part of partsOf(number)) {
    part.classList.add("on");
    lit.push(part);
  }
  if (tell || !isSeen(document.getElementById(`n${number}`))) {
    said.textContent = `${number} · ${words(number)}`;
    said.hidden = false;
  }
}

// Of claims within claims the innermost is meant, which stands first.
const numberAt = (target) => {
  const part = target.closest?.("[data-c], .mark-note[id], .mark-note [id]");
  return part ? (part.dataset.c?.split(" ")[0] ?? part.id.slice(1)) : undefined;
};

function step(by) {
  const at = links.indexOf(document.activeElement);
  const seen = links.findIndex((link) => isSeen(link));
  const from = at >= 0 ? at + by : by > 0 ? Math.max(seen, 0) : (seen < 0 ? links.length : seen) - 1;
  const link = links[Math.min(Math.max(from, 0), links.length - 1)];
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "center" });
  light(link.id.slice(1));
}

function listen() {
  document.addEventListener("pointerover", (event) => light(numberAt(event.target)));
  document.addEventListener("click", (event) => {
    const number = numberAt(event.target);
    if (!number || event.target.closest("a, summary, .mark-note")) return;
    if (event.target.closest("svg")) document.getElementById(`c${number}`)?.scrollIntoView({ block: "center" });
    light(number, { tell: !matchMedia("(min-width: 60rem)").matches });
  });
  document.addEventListener("focusin", (event) => {
    if (links.includes(event.target)) light(event.target.id.slice(1));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "Escape") light();
    else if (switched && (event.key === "j" || event.key === "k")) step(event.key === "j" ? 1 : -1);
  });
}

function offerKeys() {
  const line = document.createElement("p");
  line.className = "keys";
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
  box.addEventListener("change", () => { switched = box.checked; });
  const key = (name) => Object.assign(document.createElement("kbd"), { textContent: name });
  label.append(box, " ", key("j"), " next claim, ", key("k"), " the one before");
  line.append(label, "; ", key("Enter"), " to its note, ", key("Esc"), " nothing marked");
  document.getElementById("text").prepend(line);
}

if (numbers.length) {
  Object.assign(said, { className: "said", hidden: true });
  said.setAttribute("role", "status");
  document.getElementById("text").append(said);
  listen();
  offerKeys();
}
