// A lit word and what it became light up together, from either side, by pointer and by keyboard.

const text = document.querySelector("#text");
const became = document.querySelector("aside");

function light(marks) {
  const wanted = new Set(marks);
  for (const word of text.querySelectorAll(".lit")) word.classList.toggle("hot", word.dataset.of.split(" ").some((n) => wanted.has(n)) && wanted.size > 0);
  for (const line of became.querySelectorAll("li[data-line]")) line.classList.toggle("hot", wanted.has(line.dataset.line));
}

/** The shortest of the marks on a word: "Friday", not the sentence around it. */
function on(word) {
  const marks = word.dataset.of.split(" ");
  const fine = marks.filter((n) => !became.querySelector(`#l${n}`)?.classList.contains("unseen"));
  return fine.length ? fine : marks;
}

function fromWord(target) {
  const word = target.closest(".lit");
  light(word ? on(word) : []);
  if (word) show(became.querySelector(`#l${on(word)[0]}`));
}

/** Bring a line into the column's own view. The page stays: a word that moved away from the pointer would go dark again. */
function show(line) {
  if (!line) return;
  const [frame, box] = [became.getBoundingClientRect(), line.getBoundingClientRect()];
  if (box.top < frame.top) became.scrollTop -= frame.top - box.top;
  else if (box.bottom > frame.bottom) became.scrollTop += box.bottom - frame.bottom;
}

function fromLine(target) {
  const line = target.closest("li[data-line]");
  light(line ? [line.dataset.line] : []);
}

for (const kind of ["pointerover", "focusin"]) {
  text.addEventListener(kind, ({ target }) => fromWord(target));
  became.addEventListener(kind, ({ target }) => fromLine(target));
}

// What lay under the pointer, or had the focus, before this ran has sent its event already.
const already = document.querySelector("#text .lit:is(:hover, :focus), aside li[data-line]:is(:hover, :focus-within)");
if (already) (text.contains(already) ? fromWord : fromLine)(already);

document.querySelector("#furniture").addEventListener("change", ({ target }) => text.classList.toggle("hidden-furniture", target.checked));
