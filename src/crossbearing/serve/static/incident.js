// A value and its words in the claim's sentence light up together.

const table = document.querySelector("#beside");

table?.addEventListener("pointerover", ({ target }) => {
  for (const lit of table.querySelectorAll("mark.hot")) lit.classList.remove("hot");
  const cell = target.closest("tbody td");
  const words = target.closest(".value")?.querySelector("q")?.textContent ?? target.closest(".value")?.textContent.trim();
  const sentence = cell && table.querySelector(".says").cells[cell.cellIndex];
  if (!words || !sentence) return;
  for (const lit of sentence.querySelectorAll("mark")) {
    if (words.split(" … ").some((part) => part.trim() && (part.includes(lit.textContent) || lit.textContent.includes(part)))) lit.classList.add("hot");
  }
});
