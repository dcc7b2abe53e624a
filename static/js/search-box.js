// Suggestions below a search box, after the ARIA Authoring Practices' combobox with a list. The box
// works without them: they lead to entries, while Enter in the box itself searches as ever.
const SHORTEST = 2;
const PAUSE = 120; // milliseconds without typing before the server is asked

class SearchBox {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.options = [];
    this.known = new Map();
    this.list = element("div", { id: `${input.id}-suggestions`, class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: "" });
    this.status = element("div", { class: "visually-hidden", role: "status" });
    const anchor = element("div", { class: "suggestions-anchor" });
    input.before(anchor);
    anchor.append(input, this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    // Pressing the mouse on the list must not take the focus, and with it the list, away.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    const words = this.input.value.trim();
    if (words.length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    this.request = new AbortController();
    try {
      if (!this.known.has(words)) {
        const address = new URL(this.input.dataset.suggestions, window.location.href);
        address.searchParams.set("q", words);
        const answer = await fetch(address, { signal: this.request.signal });
        if (!answer.ok) {
          return;
        }
        this.known.set(words, (await answer.json()).groups);
      }
    } catch {
      return; // typed on, left, or offline: the box still searches
    }
    if (this.input.value.trim() === words && document.activeElement === this.input) {
      this.show(this.known.get(words));
    }
  }

  show(groups) {
    this.options = [];
    this.list.replaceChildren(...groups.map((group, number) => this.group(group, number)));
    this.activate(-1);
    const count = this.options.length;
    this.list.hidden = count === 0;
    this.input.setAttribute("aria-expanded", String(count > 0));
    this.status.textContent = count === 1 ? "1 suggestion" : `${count || "No"} suggestions`;
  }

  group({ title, entries }, number) {
    const id = `${this.list.id}-${number}`;
    const group = element("div", { role: "group", "aria-labelledby": id });
    group.append(element("div", { id, class: "suggestions-type", role: "presentation" }, title));
    for (const { name, also, url } of entries) {
      const option = element("a", { id: `${this.list.id}-option-${this.options.length}`, role: "option", href: url, tabindex: "-1", "aria-selected": "false" }, name);
      if (also) {
        option.append(" ", element("span", { class: "suggestions-also" }, `(${also})`));
      }
      this.options.push(option);
      group.append(option);
    }
    return group;
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) {
      return;
    }
    const last = this.options.length - 1;
    if (event.key === "ArrowDown") {
      this.activate(this.active === last ? -1 : this.active + 1);
    } else if (event.key === "ArrowUp") {
      this.activate(this.active === -1 ? last : this.active - 1);
    } else if (event.key === "Enter" && this.active >= 0) {
      this.options[this.active].click();
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  activate(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }
}

const element = (tag, attributes, text = "") => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.textContent = text;
  return made;
};

for (const input of document.querySelectorAll("input[data-suggestions]")) {
  new SearchBox(input);
}
