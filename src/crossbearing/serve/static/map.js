// A map of areas on one canvas: the world's outlines, and each incident as the area in which it lies, never finer.

import { ask } from "./desk.js";

const OUTLINES = "/static/vendor/countries-50m.json";
const MOST_ZOOM = 4096;
const TILE = 512; // pixels of the whole world at zoom 1
const KM = 40075.017 / 360; // of a degree of latitude
const SPOT = 4.5; // pixels: no area is drawn smaller, or it could not be pointed at
const TOWN_KM = 5; // up to here a place is drawn full; beyond it is somewhere within
const COARSE = new Set(["admin1", "region", "country"]); // drawn as a frame, so that what is placed better within it can be seen
const RIM = 9; // pixels: how far a frame is hatched inward
const EDGE = 4; // pixels that a name keeps from the map's edge

const rad = Math.PI / 180;
const mercator = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + Math.max(-85, Math.min(85, lat)) * rad / 2)) / (2 * Math.PI);
const latitude = (y) => (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / rad;

/** The rings of TopoJSON's countries, each as one run of x and y between 0 and 1, with its frame.

A ring that crosses the 180th meridian runs on beyond the edge, and is drawn on both sides; one around a pole is closed there. */
function unpacked(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => { x += dx; y += dy; return [(x * scale[0] + translate[0]) / 360 + 0.5, mercator(y * scale[1] + translate[1])]; });
  });
  const rings = [];
  for (const country of topology.objects.countries.geometries) {
    const polygons = country.type === "Polygon" ? [country.arcs] : country.type === "MultiPolygon" ? country.arcs : [];
    for (const polygon of polygons) for (const ring of polygon) rings.push(unrolled(ring, arcs));
  }
  return rings;
}

function unrolled(ring, arcs) {
  const points = [];
  let turn = 0, last = null;
  for (const n of ring) {
    const arc = n < 0 ? arcs[~n].toReversed() : arcs[n];
    arc.forEach(([x, y], place) => {
      if (place === 0 && last !== null) return;
      if (last !== null && Math.abs(x - last) > 0.5) turn += x < last ? 1 : -1;
      last = x;
      points.push(x + turn, y);
    });
  }
  if (Math.abs(points.at(-2) - points[0]) > 0.5) points.push(points.at(-2), 1, points[0], 1);
  let west = Infinity, east = -Infinity, north = Infinity, south = -Infinity;
  for (let n = 0; n < points.length; n += 2) {
    west = Math.min(west, points[n]); east = Math.max(east, points[n]);
    north = Math.min(north, points[n + 1]); south = Math.max(south, points[n + 1]);
  }
  return { points: Float64Array.from(points), west, east, north, south };
}

/** West, south, east, north of the middles of some areas. */
function around(areas) {
  const [lons, lats] = [areas.map((area) => area.lon), areas.map((area) => area.lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export class WorldMap {
  /** `picked` hears the id of the incident that is pointed at, or null; `opened` that of one that is clicked; `many` the box
  around one point at which several lie that are clicked together. */
  constructor(element, { picked, opened, many }) {
    this.element = element;
    this.canvas = element.querySelector("canvas");
    this.tip = element.querySelector(".tip");
    this.picked = picked;
    this.opened = opened;
    this.many = many;
    this.areas = []; this.spots = new Map(); this.cells = []; this.world = null; this.lit = null;
    this.x = 0.5; this.y = 0.45; this.zoom = 1;
    this.listen();
    new ResizeObserver(() => this.draw()).observe(element);
    document.addEventListener("theme", () => this.draw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    ask(OUTLINES).then((topology) => { this.world = unpacked(topology); this.draw(); });
  }

  show(found) {
    this.areas = found.areas.map(([id, lon, lat, km, precision, status, kind, day, place]) => ({
      id, lon, lat, km, precision, status, kind, day, place, x: lon / 360 + 0.5, y: mercator(lat),
      reach: km / KM / 360 / Math.max(0.05, Math.cos(lat * rad)),
    }));
    this.cells = found.cells;
    this.spots = new Map();
    for (const area of this.areas) {
      const key = COARSE.has(area.precision) ? area.id : `${area.lon},${area.lat}`;
      area.here = this.spots.get(key) ?? [];
      area.here.push(area);
      this.spots.set(key, area.here);
    }
    const fine = this.areas.filter((area) => !COARSE.has(area.precision));
    this.bounds = fine.length > 1 ? around(fine) : found.bounds;
    this.fit(found.bounds);
  }

  /** Frame what is shown: west, south, east, north. */
  fit(bounds) {
    if (!bounds) { this.draw(); return; }
    const { width, height } = this.canvas.getBoundingClientRect();
    const [west, south, east, north] = bounds;
    const x1 = west / 360 + 0.5, x2 = east / 360 + 0.5, y1 = mercator(north), y2 = mercator(south);
    this.x = (x1 + x2) / 2; this.y = (y1 + y2) / 2;
    const zoom = Math.min((width - 120) / Math.max(x2 - x1, 0.008), (height - 80) / Math.max(y2 - y1, 0.008)) / TILE;
    this.zoom = Math.max(0.4, Math.min(MOST_ZOOM, zoom || 1));
    this.draw();
  }

  light(id) {
    if (this.lit === id) return;
    this.lit = id;
    this.draw();
  }

  /** West, south, east, north of what is seen. */
  box() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const w = width / 2 / (TILE * this.zoom), h = height / 2 / (TILE * this.zoom);
    const turn = (lon) => Math.max(-180, Math.min(180, lon));
    const digits = (n) => Number(n.toFixed(4));
    return [turn((this.x - w - 0.5) * 360), latitude(Math.min(1, this.y + h)), turn((this.x + w - 0.5) * 360), latitude(Math.max(0, this.y - h))].map(digits);
  }

  draw() {
    if (!this.waiting) this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.paint(); });
  }

  paint() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const dots = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * dots)) this.canvas.width = Math.round(width * dots);
    if (this.canvas.height !== Math.round(height * dots)) this.canvas.height = Math.round(height * dots);
    const pen = this.canvas.getContext("2d");
    const style = getComputedStyle(this.element);
    const colour = (name) => style.getPropertyValue(name).trim();
    const size = TILE * this.zoom;
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    pen.fillStyle = colour("--sea");
    pen.fillRect(0, 0, width, height);
    this.left = width / 2 - this.x * size; this.top = height / 2 - this.y * size; this.size = size;
    if (this.world) this.paintWorld(pen, width, height, colour);
    this.paintCells(pen, colour);
    this.paintAreas(pen, colour);
    this.paintScale(pen, width, height, colour);
  }

  paintWorld(pen, width, height, colour) {
    pen.beginPath();
    for (const { points, west, east, north, south } of this.world) {
      if (this.top + south * this.size < 0 || this.top + north * this.size > height) continue;
      for (const turn of [-1, 0, 1]) {
        const left = this.left + turn * this.size;
        if (left + east * this.size < 0 || left + west * this.size > width) continue;
        for (let n = 0; n < points.length; n += 2) {
          const x = left + points[n] * this.size, y = this.top + points[n + 1] * this.size;
          if (n === 0) pen.moveTo(x, y); else pen.lineTo(x, y);
        }
        pen.closePath();
      }
    }
    pen.fillStyle = colour("--land");
    pen.fill("evenodd");
    pen.strokeStyle = colour("--border");
    pen.lineWidth = 0.6;
    pen.stroke();
  }

  at(area) {
    return [this.left + area.x * this.size, this.top + area.y * this.size, Math.max(SPOT, area.reach * this.size)];
  }

  paintAreas(pen, colour) {
    const accent = colour("--accent"), paper = colour("--paper"), ink = colour("--ink");
    const order = [...this.areas].sort((a, b) => (a.id === this.lit) - (b.id === this.lit));
    for (const area of order) {
      const [x, y, r] = this.at(area);
      const lit = area.id === this.lit;
      if (COARSE.has(area.precision) || (area.km > TOWN_KM && r > SPOT)) this.paintWide(pen, area, x, y, r, lit, accent);
      else this.paintSpot(pen, area, x, y, lit ? ink : accent, paper);
      pen.globalAlpha = 1;
    }
    this.paintNames(pen, colour, order);
  }

  /** Somewhere within: hatched, and what is known only to a province or wider as a frame that is hatched along its rim. */
  paintWide(pen, area, x, y, r, lit, accent) {
    const coarse = COARSE.has(area.precision), round = Math.max(r, RIM);
    pen.save();
    pen.beginPath();
    pen.arc(x, y, round, 0, 2 * Math.PI);
    if (coarse && !lit && round > 2 * RIM) pen.arc(x, y, round - RIM, 0, 2 * Math.PI, true);
    pen.globalAlpha = lit ? 0.2 : 0.07; pen.fillStyle = accent; pen.fill();
    pen.clip();
    pen.globalAlpha = lit ? 0.8 : 0.3; pen.strokeStyle = accent; pen.lineWidth = 0.8; pen.beginPath();
    const { width, height } = this.canvas.getBoundingClientRect();
    const top = Math.max(y - round, -10), low = Math.min(y + round, height + 10), from = Math.max(x - round, -10) - (low - top);
    for (let at = from - from % 7; at < Math.min(x + round, width + 10); at += 7) { pen.moveTo(at, low); pen.lineTo(at + low - top, top); }
    pen.stroke(); pen.restore();
    pen.beginPath(); pen.arc(x, y, round, 0, 2 * Math.PI);
    pen.globalAlpha = lit ? 1 : coarse ? 0.6 : 0.9; pen.setLineDash(coarse ? [6, 4] : [3, 3]); pen.strokeStyle = accent; pen.lineWidth = lit ? 2 : 1; pen.stroke(); pen.setLineDash([]);
  }

  /** A spot or a town; where several lie at one point, how many. */
  paintSpot(pen, area, x, y, fill, paper) {
    const many = area.here.length, r = many > 1 ? SPOT + 3.5 : SPOT;
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.globalAlpha = many > 1 ? 1 : 0.8;
    pen.fillStyle = fill; pen.fill();
    pen.globalAlpha = 1; pen.strokeStyle = paper; pen.lineWidth = 1; pen.stroke();
    if (many < 2) return;
    pen.fillStyle = paper; pen.font = `600 10px ${getComputedStyle(document.body).fontFamily}`;
    pen.textAlign = "center"; pen.textBaseline = "middle"; pen.fillText(many > 99 ? "99+" : many, x, y + 0.5); pen.textAlign = "left";
  }

  paintNames(pen, colour, order) {
    const { width, height } = this.canvas.getBoundingClientRect();
    const taken = [];
    pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    pen.textBaseline = "middle";
    for (const area of order.toReversed().sort((a, b) => (b.id === this.lit) - (a.id === this.lit) || COARSE.has(a.precision) - COARSE.has(b.precision))) {
      if (!area.place) continue;
      const [x, y, r] = this.at(area);
      if (x < -r || x > width + r || y < -r || y > height + r) continue;
      const coarse = COARSE.has(area.precision), wide = pen.measureText(area.place).width;
      const beside = x + SPOT + 8 + wide > width - EDGE ? x - SPOT - 8 - wide : x + SPOT + 8;
      const left = Math.max(EDGE, Math.min(width - EDGE - wide, coarse || r > 3 * SPOT ? x - wide / 2 : beside));
      const line = Math.max(8 + EDGE, Math.min(height - 24, coarse ? y - Math.max(r, RIM) + 9 : y));
      const own = [left - 2, line - 8, left + wide + 2, line + 8, area.place];
      if (taken.some((b) => b[4] === own[4] || (own[0] < b[2] && own[2] > b[0] && own[1] < b[3] && own[3] > b[1]))) continue;
      taken.push(own);
      pen.lineWidth = 3; pen.strokeStyle = colour("--land"); pen.globalAlpha = 0.85; pen.strokeText(area.place, left, line);
      pen.globalAlpha = 1; pen.fillStyle = area.id === this.lit ? colour("--accent") : coarse ? colour("--soft") : colour("--ink"); pen.fillText(area.place, left, line);
    }
  }

  paintCells(pen, colour) {
    const most = Math.max(1, ...this.cells.map((cell) => cell[4]));
    pen.fillStyle = colour("--accent");
    for (const [west, south, east, north, many] of this.cells) {
      const x1 = this.left + (west / 360 + 0.5) * this.size, x2 = this.left + (east / 360 + 0.5) * this.size;
      const y1 = this.top + mercator(north) * this.size, y2 = this.top + mercator(south) * this.size;
      pen.globalAlpha = 0.18 + 0.72 * Math.log1p(many) / Math.log1p(most);
      pen.fillRect(x1, y1, x2 - x1 - 0.6, y2 - y1 - 0.6);
    }
    pen.globalAlpha = 1;
  }

  paintScale(pen, width, height, colour) {
    const km = 360 * KM * Math.cos(latitude(this.y) * rad) / this.size; // of one pixel
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((one) => one / km > 50) || 5000;
    const long = step / km;
    pen.strokeStyle = pen.fillStyle = colour("--soft");
    pen.lineWidth = 1; pen.beginPath(); pen.moveTo(12, height - 14); pen.lineTo(12, height - 10); pen.lineTo(12 + long, height - 10); pen.lineTo(12 + long, height - 14); pen.stroke();
    pen.font = `11px ${getComputedStyle(document.body).fontFamily}`; pen.textBaseline = "bottom"; pen.fillText(`${step} km`, 16, height - 13);
  }

  move(dx, dy) {
    this.x -= dx / this.size; this.y = Math.max(0, Math.min(1, this.y - dy / this.size));
    this.draw();
  }

  scale(by, x, y) {
    const { width, height } = this.canvas.getBoundingClientRect();
    const cx = (x ?? width / 2) - width / 2, cy = (y ?? height / 2) - height / 2;
    const before = TILE * this.zoom;
    this.zoom = Math.max(0.4, Math.min(MOST_ZOOM, this.zoom * by));
    const after = TILE * this.zoom;
    this.x += cx / before - cx / after; this.y += cy / before - cy / after;
    this.draw();
  }

  under(x, y) {
    let best = null;
    for (const area of this.areas) {
      const [ax, ay, r] = this.at(area);
      const away = Math.hypot(ax - x, ay - y);
      if (COARSE.has(area.precision) && away < r - RIM) continue; // a frame is pointed at by its rim
      if (away <= r + 2 && (!best || r < best.r)) best = { area, r };
    }
    return best?.area ?? null;
  }

  listen() {
    const { canvas } = this;
    const spot = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    let drag = null;
    canvas.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, moved: false }; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      if (drag) {
        const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
        if (!drag.moved && Math.hypot(dx, dy) < 4) return;
        drag = { x: event.clientX, y: event.clientY, moved: true };
        this.move(dx, dy);
        return;
      }
      this.point(...spot(event));
    });
    canvas.addEventListener("pointerup", (event) => {
      if (drag && !drag.moved) { const area = this.under(...spot(event)); if (area) this.open(area); }
      drag = null;
    });
    canvas.addEventListener("pointerleave", () => this.point(-1, -1));
    canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.scale(Math.exp(-event.deltaY / 400), ...spot(event)); }, { passive: false });
    canvas.addEventListener("keydown", (event) => {
      const step = 60;
      const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
      if (moves[event.key]) this.move(...moves[event.key]);
      else if (event.key === "+" || event.key === "=") this.scale(1.5);
      else if (event.key === "-") this.scale(1 / 1.5);
      else if (event.key === "0") this.fit(this.bounds);
      else return;
      event.preventDefault();
    });
  }

  open(area) {
    const near = 0.005; // degrees: half a kilometre
    if (area.here.length === 1) this.opened(area.id);
    else this.many([area.lon - near, area.lat - near, area.lon + near, area.lat + near].map((n) => n.toFixed(4)));
  }

  point(x, y) {
    const area = this.under(x, y);
    this.picked(area?.id ?? null);
    this.light(area?.id ?? null);
    this.tip.hidden = !area;
    if (area) {
      const told = area.here.slice(0, 6).map((one) => `${one.kind.split(" / ")[1]}, ${one.status}, ${one.day || "no day"}`);
      const more = area.here.length - told.length;
      const many = area.here.length > 1 ? `${area.here.length} here. ` : "";
      this.tip.textContent = `${area.place || "no name"}: ${many}${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}` + (area.km > TOWN_KM ? ` (within ${Math.round(area.km)} km)` : "");
      this.tip.style.left = `${Math.min(x + 12, this.canvas.clientWidth - 200)}px`;
      this.tip.style.top = `${y + 14}px`;
    }
  }
}
