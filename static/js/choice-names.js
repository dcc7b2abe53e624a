// Select2 calls a box by what is chosen alone, and by nothing while it is empty: say, too, what is
// to be chosen. It also takes what it shows of the choice for a text box of its own.
const labelOf = (select) =>
  (select.getAttribute("aria-label") || select.labels[0]?.textContent || "").trim();

const nameBoxes = (root) => {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling.querySelector("[role=combobox]");
    const chosen = box.querySelector("[role=textbox]");
    box.id = `${select.id}-box`;
    box.setAttribute("aria-label", labelOf(select));
    if (chosen) {
      chosen.removeAttribute("role");
      chosen.removeAttribute("aria-readonly");
      box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`);
    }
    box.querySelector("input")?.setAttribute("aria-label", labelOf(select));
  }
};

// After the admin's own, which makes the boxes and was here first.
django.jQuery(() => {
  nameBoxes(document);
  // Of a moment, day and hour have a box each, and one label between them.
  for (const box of document.querySelectorAll(".vDateField, .vTimeField")) {
    const label = box.closest(".form-row, td, .fieldBox")?.querySelector("label, legend");
    if (!box.labels.length && label) {
      const which = box.classList.contains("vDateField") ? "date" : "time";
      box.setAttribute("aria-label", `${label.textContent.trim()} ${which}`);
    }
  }
  document.addEventListener("formset:added", (event) => nameBoxes(event.target));
  // Their lists come and go, and a box that is open has to name its own.
  django.jQuery(document).on("select2:close", (event) => {
    event.target.nextElementSibling
      .querySelector("[role=combobox]")
      .removeAttribute("aria-controls");
  });
  django.jQuery(document).on("select2:open", (event) => {
    event.target.nextElementSibling
      .querySelector("[role=combobox]")
      .setAttribute("aria-controls", `select2-${event.target.id}-results`);
    document
      .querySelector(".select2-container--open .select2-search--dropdown input")
      ?.setAttribute("aria-label", labelOf(event.target));
  });
});

// What explains the box that filters a choice of many is a picture with a name. The admin makes
// those once the page has loaded.
window.addEventListener("load", () => {
  for (const help of document.querySelectorAll("span.help-tooltip[aria-label]")) {
    help.setAttribute("role", "img");
  }
});
