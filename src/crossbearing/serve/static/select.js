// Words that a person selects become what a value stands on: their places are counted in the document's own characters.

const spans = document.querySelector("#spans");
const seen = document.querySelector("#seen");
const quote = document.querySelector("#quote");
const selected = document.querySelector("#selected");
const panel = document.querySelector("#use") ?? document.querySelector('details[data-key="e"]');
const text = document.querySelector("#text");

/** Characters as the ledger counts them. One that would turn the text around is shown as its code. */
const long = (words) => [...words.replace(/⟨U\+[0-9A-F]{4,6}⟩/g, "x")].length;
const short = (words) => (words.length > 70 ? `${words.slice(0, 69)}…` : words);

/** The words selected within one text, and where they stand; null for none, or for words of several texts. */
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const at = range.commonAncestorContainer;
  const frame = (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).closest("[data-document]");
  const words = range.toString();
  if (!frame || !words.trim()) return null;
  const before = document.createRange();
  before.setStart(frame, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(frame.dataset.at) + long(before.toString()) + long(words) - long(words.trimStart());
  return { words: words.trim(), span: `${frame.dataset.document}:${start}-${start + long(words.trim())}` };
}

function use(found) {
  if (spans.matches("select")) {
    spans.querySelector(".chosen")?.remove();
    const option = new Option(`selected: “${short(found.words)}”`, found.span, true, true);
    option.className = "chosen";
    spans.append(option);
  } else {
    spans.value = found.span;
    quote.value = found.words.replace(/\s+/g, " ");
  }
  seen.value = found.words;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = quote ? "Set a value on these words" : "Correct a field by these words";
  button.addEventListener("click", open);
  selected.replaceChildren(`“${short(found.words)}” `, button);
  selected.hidden = panel.open;
}

function open() {
  panel.open = true;
  selected.hidden = true;
  panel.querySelector('[name="field"]').focus();
}

if (spans && panel) {
  document.addEventListener("selectionchange", () => {
    const found = chosen();
    if (found) use(found);
    else if (getSelection().isCollapsed) selected.hidden = true;
  });
  // Words as typed are looked up by the desk; as selected they have their place.
  quote?.addEventListener("input", () => { spans.value = seen.value = ""; });
  spans.addEventListener("change", () => { if (!spans.selectedOptions?.[0]?.matches(".chosen")) seen.value = ""; });
  document.querySelector("#cite")?.addEventListener("submit", () => { if (spans.value) quote.disabled = true; });
}

// How a value is typed depends on its field.
for (const field of document.querySelectorAll('select[name="field"]')) {
  const value = field.form.elements.value;
  const tell = () => { value.placeholder = `${field.selectedOptions[0].dataset.example}; - for not known`; };
  field.addEventListener("change", tell);
  tell();
}

// By keyboard: an arrow chooses the next word, with Shift one more, and Enter uses what is chosen.
text?.addEventListener("keydown", (event) => {
  if (event.target !== text || !panel || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    const found = chosen();
    if (!found) return;
    event.preventDefault();
    use(found); // the selection's own event may come after the form has taken the focus, and then finds nothing chosen
    open();
    return;
  }
  const way = { ArrowRight: "forward", ArrowLeft: "backward" }[event.key];
  if (!way) return;
  event.preventDefault();
  const selection = getSelection();
  if (!selection.rangeCount || !text.contains(selection.anchorNode)) selection.collapse(text, 0);
  if (event.shiftKey) { selection.modify("extend", way, "word"); return; }
  if (way === "forward") selection.collapseToEnd();
  else { selection.collapseToStart(); selection.modify("move", "backward", "word"); }
  selection.modify("extend", "forward", "word");
});
