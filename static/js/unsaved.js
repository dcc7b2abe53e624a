// Leaving a form with changes that are not saved: the browser asks first. A form that comes back
// with what was typed has such changes from the start.
const watch = (form) => {
  let unsaved = "unsaved" in form.dataset || form.querySelector("[data-unsaved]") !== null;
  const changed = () => {
    unsaved = true;
  };
  for (const kind of ["input", "change", "formset:added", "formset:removed"]) {
    form.addEventListener(kind, changed);
  }
  // Select2 tells of its choices through jQuery alone.
  window.django?.jQuery(form).on("change", changed);
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) {
      event.preventDefault();
    }
  });
};

const watchAll = () => document.querySelectorAll("#content-main > form[method=post]").forEach(watch);

// After the admin's own scripts, which change forms as they set them up.
if (window.django) {
  window.django.jQuery(watchAll);
} else {
  watchAll();
}
