// The map: dots that become images as one comes nearer, with the image under the pointer and its nearest neighbours.
const data = JSON.parse(document.getElementById("map-data").textContent);
const frame = document.getElementById("map");
const canvas = frame.querySelector("canvas");
const pen = canvas.getContext("2d");
const tip = document.getElementById("tip");
const find = document.getElementById("find");
const characters = [...data.characters];
const typefaces = data.typefaces.length;
const count = characters.length * typefaces;
const side = 20, whole = 10000, nearOf = data.network.nearest.length / count;
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colour = character => `hsl(${(character * 137.5) % 360} 60% ${matchMedia("(prefers-color-scheme: dark)").matches ? 68 : 42}%)`;
let layer = data.network, view = { x: whole / 2, y: whole / 2, zoom: 1 }, pointed = -1, dragged = null, sprites = new Map();

// The sprite is a mask; painted once in each colour that is needed.
const mask = new Image();
mask.onload = () => draw();
mask.src = getComputedStyle(tip.querySelector(".thumb")).getPropertyValue("--sprite").trim().replace(/^url\(["']?|["']?\)$/g, "");

function scale() { return Math.min(frame.clientWidth, frame.clientHeight) / whole * 0.94 * view.zoom; }
function placeOf(image) {
  return [(layer.places[2 * image] - view.x) * scale() + frame.clientWidth / 2, (layer.places[2 * image + 1] - view.y) * scale() + frame.clientHeight / 2];
}

function painted(image, colour) {
  const key = image + colour;
  if (!sprites.has(key)) {
    const one = document.createElement("canvas");
    one.width = one.height = side;
    const paint = one.getContext("2d");
    paint.drawImage(mask, image % data.columns * side, Math.floor(image / data.columns) * side, side, side, 0, 0, side, side);
    paint.globalCompositeOperation = "source-in";
    paint.fillStyle = colour;
    paint.fillRect(0, 0, side, side);
    sprites.set(key, one);
  }
  return sprites.get(key);
}

function draw() {
  const ratio = devicePixelRatio || 1, width = frame.clientWidth, height = frame.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.imageSmoothingEnabled = true;
  const wanted = find.value.trim(), size = Math.min(5 * view.zoom, 44), asImages = size >= 13 && mask.complete;
  for (let image = 0; image < count; image++) {
    const [x, y] = placeOf(image);
    if (x < -50 || y < -50 || x > width + 50 || y > height + 50) continue;
    const character = Math.floor(image / typefaces);
    pen.globalAlpha = wanted === "" || characters[character] === wanted ? 1 : 0.12;
    if (asImages) pen.drawImage(painted(image, colour(character)), x - size / 2, y - size / 2, size, size);
    else { pen.fillStyle = colour(character); pen.beginPath(); pen.arc(x, y, Math.max(1.6, size / 4), 0, 7); pen.fill(); }
  }
  pen.globalAlpha = 1;
  if (pointed >= 0) drawLinks();
}

function drawLinks() {
  const [x, y] = placeOf(pointed);
  for (let rank = 0; rank < nearOf; rank++) {
    const found = layer.nearest[pointed * nearOf + rank], [foundX, foundY] = placeOf(found);
    const hit = Math.floor(found / typefaces) === Math.floor(pointed / typefaces);
    pen.strokeStyle = style(hit ? "--good" : "--bad");
    pen.lineWidth = hit ? 1.5 : 2.5;
    pen.beginPath(); pen.moveTo(x, y); pen.lineTo(foundX, foundY); pen.stroke();
  }
}

function show(image) {
  tip.hidden = image < 0;
  pointed = image;
  if (image >= 0) {
    const [x, y] = placeOf(image), thumb = tip.querySelector(".thumb");
    thumb.style.setProperty("--x", image % data.columns);
    thumb.style.setProperty("--y", Math.floor(image / data.columns));
    const hits = Array.from({ length: nearOf }, (_, rank) => layer.nearest[image * nearOf + rank]).filter(found => Math.floor(found / typefaces) === Math.floor(image / typefaces)).length;
    tip.querySelector("b").textContent = characters[Math.floor(image / typefaces)];
    tip.querySelector("span").textContent = `${data.typefaces[image % typefaces]}, ${hits} of ${nearOf} right`;
    tip.style.left = Math.max(4, Math.min(x + 14, frame.clientWidth - tip.offsetWidth - 4)) + "px";
    tip.style.top = Math.max(4, Math.min(y - tip.offsetHeight - 14, frame.clientHeight - tip.offsetHeight - 4)) + "px";
  }
  draw();
}

function nearest(event) {
  const box = frame.getBoundingClientRect();
  let best = -1, least = 14 * 14;
  for (let image = 0; image < count; image++) {
    const [x, y] = placeOf(image), distance = (x - event.clientX + box.left) ** 2 + (y - event.clientY + box.top) ** 2;
    if (distance < least) [best, least] = [image, distance];
  }
  return best;
}

function zoom(factor) {
  view.zoom = Math.max(0.8, Math.min(40, view.zoom * factor));
  show(-1);
}

function use(name) {
  layer = data[name];
  for (const other of ["network", "pixels"]) document.getElementById("by-" + other).classList.toggle("on", other === name);
  show(-1);
}

canvas.addEventListener("pointerdown", event => { dragged = [event.clientX, event.clientY]; canvas.setPointerCapture(event.pointerId); });
canvas.addEventListener("pointerup", () => dragged = null);
canvas.addEventListener("pointerleave", () => { if (!dragged) show(-1); });
canvas.addEventListener("pointermove", event => {
  if (!dragged) return show(nearest(event));
  view.x -= (event.clientX - dragged[0]) / scale();
  view.y -= (event.clientY - dragged[1]) / scale();
  dragged = [event.clientX, event.clientY];
  show(-1);
});
canvas.addEventListener("wheel", event => {
  event.preventDefault();
  const box = frame.getBoundingClientRect(), x = event.clientX - box.left - box.width / 2, y = event.clientY - box.top - box.height / 2, before = scale();
  zoom(Math.exp(-event.deltaY / 400));
  view.x += x / before - x / scale();
  view.y += y / before - y / scale();
  draw();
}, { passive: false });
document.getElementById("nearer").onclick = () => zoom(1.6);
document.getElementById("farther").onclick = () => zoom(1 / 1.6);
document.getElementById("by-network").onclick = () => use("network");
document.getElementById("by-pixels").onclick = () => use("pixels");
find.oninput = () => {
  const character = characters.indexOf(find.value.trim());
  if (character >= 0) {
    const images = Array.from({ length: typefaces }, (_, typeface) => character * typefaces + typeface);
    view = { x: images.reduce((sum, image) => sum + layer.places[2 * image], 0) / typefaces, y: images.reduce((sum, image) => sum + layer.places[2 * image + 1], 0) / typefaces, zoom: 6 };
  }
  show(-1);
};
addEventListener("resize", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
use("network");
