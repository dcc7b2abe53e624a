// Rows that are added by script get a provisional name too, as those that come with the page do.
document.addEventListener("formset:added", (event) => {
  const added = event.target.querySelector("input.part-key");
  if (!added || added.value) {
    return;
  }
  const numbers = Array.from(document.querySelectorAll("input.part-key"), (input) => {
    const match = /^new-([1-9][0-9]*)$/.exec(input.value);
    return match ? Number(match[1]) : 0;
  });
  added.value = `new-${Math.max(0, ...numbers) + 1}`;
});
