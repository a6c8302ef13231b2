// What every page shares: light or dark, and the way to ask the desk.

const AUTO = "auto";

export function token() {
  return document.querySelector('meta[name="crossbearing-token"]').content;
}

/** Ask the API; an answer that is no success becomes an error with the desk's own sentence. */
export async function ask(path, options = {}) {
  const answer = await fetch(path, { credentials: "same-origin", ...options });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `The desk answered ${answer.status}.`);
  return said;
}

/** Ask for something to be done. */
export function tell(path, body, more = {}) {
  return ask(path, { method: "POST", body, ...more, headers: { "X-Crossbearing-Token": token(), ...(more.headers || {}) } });
}

/** An element with its text; text is never taken for markup. */
export function made(name, text = "", attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const root = document.documentElement;

document.querySelector("#theme")?.addEventListener("click", () => {
  const dark = root.dataset.theme === AUTO ? matchMedia("(prefers-color-scheme: dark)").matches : root.dataset.theme === "dark";
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `crossbearing-theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
  document.dispatchEvent(new CustomEvent("theme"));
});

// Whoever looks at a past instant stays there: each address of the desk asks as of it, until they ask for now.
export const asOf = document.body.dataset.asOf ?? null;
if (asOf) {
  for (const link of document.querySelectorAll('a[href^="/"]:not([data-now])')) {
    const address = new URL(link.href);
    if (!address.searchParams.has("as_of")) address.searchParams.set("as_of", asOf);
    link.href = address;
  }
  for (const form of document.querySelectorAll('form:not([method="post"])')) {
    form.append(made("input", "", { type: "hidden", name: "as_of", value: asOf }));
  }
}

// "/" goes to the search, as in most tools that people read in all day.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  document.querySelector("#find")?.focus();
});

// "j" and "k" go down and up any list, as in a reader of mail.
document.addEventListener("keydown", (event) => {
  if (!["j", "k"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const links = [...document.querySelectorAll("main a.name")];
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at + (event.key === "j" ? 1 : -1)))]?.focus();
});
