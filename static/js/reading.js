// Words of the text that are selected: a button takes them up. It comes right behind their block,
// so that the Tab key leads to it; marks that are no words of the text are left out.
const NO_TEXT = ".edge, .take, .block-number, .visually-hidden";

const lettersOf = (range) => {
  const copy = range.cloneContents();
  copy.querySelectorAll(NO_TEXT).forEach((mark) => mark.remove());
  return copy.textContent;
};

const within = (node) => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest(".reading-text") ?? null;
};

const words = (range, first) => {
  const blocks = Array.from(document.querySelectorAll(".reading-text"));
  const pieces = blocks.slice(blocks.indexOf(first)).flatMap((block) => {
    if (!range.intersectsNode(block)) {
      return [];
    }
    const part = document.createRange();
    part.selectNodeContents(block);
    if (block.contains(range.startContainer)) {
      part.setStart(range.startContainer, range.startOffset);
    }
    if (block.contains(range.endContainer)) {
      part.setEnd(range.endContainer, range.endOffset);
    }
    return [lettersOf(part)];
  });
  return pieces.join("\n\n").trim();
};

const form = document.querySelector("form.take-selected");

const show = () => {
  const selection = document.getSelection();
  if (form.contains(document.activeElement)) {
    return;
  }
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const first = range && within(range.startContainer);
  const chosen = first ? words(range, first) : "";
  form.hidden = !chosen;
  if (!chosen) {
    return;
  }
  const before = document.createRange();
  before.selectNodeContents(first);
  before.setEnd(range.startContainer, range.startOffset);
  const skipped = /^\s*/.exec(lettersOf(range))[0];
  form.elements.words.value = chosen;
  form.elements.block.value = first.dataset.block;
  form.elements.before.value = `${lettersOf(before)}${skipped}`.trimStart();
  if (first.nextElementSibling !== form) {
    first.after(form);
  }
};

if (form) {
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
}
