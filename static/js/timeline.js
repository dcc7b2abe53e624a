// Timelines move in place: by their own links, by the keys of arrows, + and −, and by dragging. Each
// view is at an address, which htmx puts in place as it does those of lists, so that back leads back.
const LEAST = 40; // pixels: less of a move is a click with an unsteady hand
const KEYS = { ArrowLeft: "earlier", ArrowRight: "later", "+": "nearer", "-": "farther" };
let from = null;
let moved = false;

const drawn = (event) => event.target.closest?.(".timeline-drawn");

function go(way) {
  const link = document.getElementById(`timeline-${way}`);
  link?.click();
  return link !== null;
}

document.addEventListener("keydown", (event) => {
  const way = KEYS[event.key];
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  if (way && plain && event.target.closest?.(".timeline") && go(way)) {
    event.preventDefault();
  }
});

// htmx knows the links of HTML, and these are of SVG. The browser's own click that ends a drag opens
// nothing; that of `go` comes before it.
document.addEventListener("click", (event) => {
  if (moved && event.isTrusted) {
    moved = false;
    event.preventDefault();
    return;
  }
  const link = event.target.closest?.("a[data-timeline-to]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (link && plain) {
    event.preventDefault();
    const path = link.getAttribute("href");
    const source = link.closest(".timeline").querySelector(".timeline-ways");
    window.htmx.ajax("GET", path, { source, push: path });
  }
});

document.addEventListener("pointerdown", (event) => {
  moved = false;
  const picture = event.pointerType === "mouse" && event.button === 0 && drawn(event);
  from = picture ? { picture, x: event.clientX } : null;
});
document.addEventListener("pointermove", (event) => {
  if (from) {
    const by = event.clientX - from.x;
    moved = moved || Math.abs(by) > LEAST;
    from.picture.style.translate = moved ? `${by}px` : "";
  }
});
document.addEventListener("pointerup", (event) => {
  if (from && moved) {
    const way = event.clientX > from.x ? "earlier" : "later";
    if (!go(way)) {
      from.picture.style.translate = "";
    }
  }
  from = null;
});
document.addEventListener("dragstart", (event) => {
  if (drawn(event)) {
    event.preventDefault();
  }
});
