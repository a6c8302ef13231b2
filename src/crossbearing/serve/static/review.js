// Deciding by keyboard: a key opens a panel, a digit gives the reason and records.

const act = document.querySelector("#act");
const keys = document.querySelector("#keys");
const panels = act ? [...act.querySelectorAll("details")] : [];
const opened = () => panels.find((panel) => panel.open);

document.querySelector("#cheat")?.addEventListener("click", () => keys.showModal());

// The name stands in every form; without one nothing can be recorded.
const person = document.querySelector("#person");
act?.classList.add("with-script");
const sign = () => { for (const field of act.querySelectorAll("[data-person]")) field.value = person.value; };
if (act && person?.value) sign(); // typed before this script was here, or kept by the browser
person?.addEventListener("input", () => { person.setCustomValidity(""); sign(); });
act?.addEventListener("submit", (event) => {
  if (!person || person.value.trim()) return; // with accounts the name is that of who is signed in
  event.preventDefault();
  person.setAttribute("aria-invalid", "true");
  person.setCustomValidity("Give your name first: every decision bears one.");
  person.reportValidity();
});

for (const panel of panels) {
  panel.addEventListener("toggle", () => {
    if (!panel.open) return;
    for (const other of panels) if (other !== panel) other.open = false;
    panel.querySelector("input[type=radio], input[type=checkbox], select, input:not([type=hidden])")?.focus({ preventScroll: true });
  });
}

const places = { "[": act?.dataset.before, "]": act?.dataset.after };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { const panel = opened(); if (panel) { panel.open = false; panel.querySelector("summary").focus(); } return; }
  const panel = opened();
  const writing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
  if (writing && !(writing.matches(".own input") && !writing.value && /^[1-9]$/.test(event.key))) return;
  if (panel && /^[1-9]$/.test(event.key)) {
    const reason = panel.querySelectorAll(".reasons button[name=reason]")[Number(event.key) - 1];
    if (reason) { event.preventDefault(); reason.click(); }
    return;
  }
  if (event.key === "Enter" && document.querySelector("#begin") && document.activeElement === document.body) { location.href = document.querySelector("#begin").href; return; }
  if (!act) return;
  const wanted = panels.find((one) => one.dataset.key === event.key);
  if (wanted) { event.preventDefault(); wanted.open = !wanted.open; if (!wanted.open) wanted.querySelector("summary").focus(); return; }
  if (event.key === "?") { event.preventDefault(); keys.showModal(); }
  else if (event.key === "n") location.href = act.dataset.next;
  else if (event.key === "z") document.querySelector("#undo")?.click();
  else if (places[event.key]) location.href = `/incidents/${encodeURIComponent(places[event.key])}`;
});
