// Shows the image of the dot under the pointer.
const tip = document.getElementById("tip");
const columns = 30;
document.addEventListener("pointerover", event => {
  const dot = event.target.closest("[data-image]");
  tip.hidden = dot === null;
  if (dot === null) return;
  const image = Number(dot.dataset.image);
  const thumb = tip.querySelector(".thumb");
  thumb.style.setProperty("--x", image % columns);
  thumb.style.setProperty("--y", Math.floor(image / columns));
  tip.querySelector("b").textContent = dot.dataset.digit;
  const box = dot.getBoundingClientRect();
  tip.style.left = Math.min(box.right + 8, document.documentElement.clientWidth - 130) + "px";
  tip.style.top = Math.max(box.top - 110, 8) + "px";
});
