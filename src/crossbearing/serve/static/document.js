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

for (const kind of ["pointerover", "focusin"]) {
  text.addEventListener(kind, ({ target }) => {
    const word = target.closest(".lit");
    light(word ? on(word) : []);
    if (word) became.querySelector(`#l${on(word)[0]}`)?.scrollIntoView({ block: "nearest" });
  });
  became.addEventListener(kind, ({ target }) => {
    const line = target.closest("li[data-line]");
    light(line ? [line.dataset.line] : []);
  });
}

document.querySelector("#furniture").addEventListener("change", ({ target }) => text.classList.toggle("hidden-furniture", target.checked));
