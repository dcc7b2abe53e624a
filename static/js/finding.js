// Lists are swapped by htmx. What it leaves to us: where focus goes when the link that had it is
// gone, that an answer which cannot be swapped in is gone to instead, and that nothing typed is
// lost: it waits for "Show", and stays where an answer comes while somebody is typing.
const TYPED = "#filters input:not([type=checkbox], .facet-find)";
const unsent = new Set();
let kept = [];

document.addEventListener(
  "change",
  (event) => {
    if (event.target.matches(TYPED)) {
      event.stopPropagation();
    }
  },
  true,
);
document.addEventListener("input", (event) => {
  if (event.target.matches(TYPED)) {
    unsent.add(event.target.id);
  }
});
document.addEventListener("htmx:beforeSend", () => unsent.clear());
document.addEventListener("htmx:beforeSwap", () => {
  kept = [...unsent].map((id) => [id, document.getElementById(id).value]);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of kept) {
    document.getElementById(id).value = value;
  }
});

document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) {
    document.getElementById("results-title")?.focus({ preventScroll: true });
  }
});

const goTo = (event) => window.location.assign(event.detail.pathInfo.finalRequestPath);
document.addEventListener("htmx:responseError", goTo);
document.addEventListener("htmx:sendError", goTo);

// A request that the next one replaces, or that leaving the page ends, is no fault to log.
window.htmx.logger = (_element, name, detail) => {
  if (name === "htmx:sendAbort" || name === "htmx:afterRequest") {
    delete detail.error;
  }
};
