// The keys of arrows, + and − follow a map's own links, each to an address, so that back leads back.
const WAYS = {
  ArrowLeft: "west",
  ArrowRight: "east",
  ArrowUp: "north",
  ArrowDown: "south",
  "+": "nearer",
  "-": "farther",
};

document.addEventListener("keydown", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  const link = plain && event.target.closest?.(".map") && document.getElementById(`map-${WAYS[event.key]}`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});
