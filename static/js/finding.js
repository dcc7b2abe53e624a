// Lists are swapped by htmx. What it leaves to us: where focus goes when the link that had it is
// gone, and that an answer which cannot be swapped in is gone to instead.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) {
    document.getElementById("results-title")?.focus({ preventScroll: true });
  }
});

const goTo = (event) => window.location.assign(event.detail.pathInfo.finalRequestPath);
document.addEventListener("htmx:responseError", goTo);
document.addEventListener("htmx:sendError", goTo);
