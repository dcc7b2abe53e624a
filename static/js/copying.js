// A button below each text that is there to be copied; its words stand in the page, in its language.
// Without it the text can be selected by hand.
for (const text of document.querySelectorAll("[data-copied]")) {
  const line = document.createElement("p");
  line.className = "copy-line";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-quiet";
  button.textContent = text.dataset.copy;
  button.setAttribute("aria-describedby", text.id);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  line.append(button, said);
  text.after(line);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText((text.value ?? text.innerText).trim());
      said.textContent = text.dataset.copied;
    } catch {
      // No permission, or no secure connection: what is selected can be copied with the keyboard.
      if (text.select) text.select();
      else getSelection().selectAllChildren(text);
      said.textContent = text.dataset.selected;
    }
  });
}
