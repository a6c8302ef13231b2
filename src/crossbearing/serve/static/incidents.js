// The list, the map and the time line are of one question, and point at one another.

import { ask, asOf, made } from "./desk.js";
import { WorldMap } from "./map.js";

const element = document.querySelector("#map");
const list = document.querySelector("#list");
const filters = document.querySelector("#filters");
const strip = document.querySelector("#strip");

const rows = new Map([...(list?.querySelectorAll("tr[data-id]") ?? [])].map((row) => [row.dataset.id, row]));

function light(id) {
  for (const [key, row] of rows) row.classList.toggle("lit", key === id);
}

const map = new WorldMap(element, { picked: light, opened: (id) => { location.href = `/incidents/${encodeURIComponent(id)}`; }, many: (box) => ask_for({ box: box.join(",") }) });

ask(`/api/v1/map?${element.dataset.query}${asOf ? `&as_of=${encodeURIComponent(asOf)}` : ""}`).then((found) => {
  map.show(found);
  if (found.unplaced) document.querySelector("#unplaced").textContent = `· ${found.unplaced} without a place`;
}).catch((error) => element.append(made("p", error.message, { class: "tip" })));

for (const [id, row] of rows) {
  row.addEventListener("pointerenter", () => { light(id); map.light(id); });
  row.addEventListener("pointerleave", () => { light(null); map.light(null); });
  row.addEventListener("focusin", () => { light(id); map.light(id); });
}

element.querySelector(".buttons").addEventListener("click", ({ target }) => {
  const does = { in: () => map.scale(1.6), out: () => map.scale(1 / 1.6), all: () => map.fit(map.bounds), box: () => ask_for({ box: map.box().join(",") }) };
  does[target.dataset.do]?.();
});

/** The same question with other values. */
function ask_for(values) {
  for (const [name, value] of Object.entries(values)) filters.elements[name].value = value;
  filters.requestSubmit();
}

// A stretch of the time line: press, draw, let go.
if (strip) {
  const bars = [...strip.querySelectorAll(".bar")];
  const under = (event) => { const box = strip.getBoundingClientRect(); return Math.max(0, Math.min(bars.length - 1, Math.floor((event.clientX - box.left) / box.width * bars.length))); };
  let from = null;
  const mark = (a, b) => bars.forEach((bar, n) => bar.classList.toggle("picked", n >= Math.min(a, b) && n <= Math.max(a, b)));
  strip.addEventListener("pointerdown", (event) => { from = under(event); mark(from, from); strip.setPointerCapture(event.pointerId); });
  strip.addEventListener("pointermove", (event) => { if (from !== null) mark(from, under(event)); });
  strip.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, under(event)].sort((x, y) => x - y);
    from = null;
    ask_for({ since: bars[a].dataset.first, until: bars[b].dataset.last });
  });
}
