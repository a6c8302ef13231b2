// Files by drop or choice, and how far each upload is. The desk is asked twice a second while one runs.

import { ask, made, tell } from "./desk.js";

const EVERY = 500; // milliseconds
const drop = document.querySelector("#drop") ?? document.createElement("form"); // who may hand nothing in only watches
const runs = document.querySelector("#runs");

const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

async function send(files) {
  if (!files.length) return;
  const form = new FormData();
  for (const { file, path } of files) form.append("files", file, path);
  document.querySelector("#none")?.remove();
  const run = runs.insertBefore(made("div", "", { class: "run" }), runs.firstChild);
  run.append(made("p", `Sending ${count(files.length, "file")}…`, { class: "now" }));
  try {
    const upload = await tell("/api/v1/uploads", form);
    run.dataset.upload = upload.id;
    watch(run);
  } catch (error) {
    run.replaceChildren(made("p", error.message, { class: "now" }));
  }
}

async function watch(run) {
  const bar = made("progress", "", { "aria-label": "How far it is" });
  const now = made("p", "", { class: "now" });
  const file = made("p", "", { class: "fine", "aria-hidden": "true" });
  run.replaceChildren(now, bar, file);
  let said = "";
  for (;;) {
    let upload;
    try { upload = await ask(`/api/v1/uploads/${encodeURIComponent(run.dataset.upload)}`); } catch (error) { now.textContent = error.message; return; }
    const news = upload.state === "waiting" ? "Waiting for the one before" : upload.state === "linking" ? "Drawing the incidents" : `${upload.done} of ${upload.seen} so far, ${count(upload.claims, "claim")}`;
    if (news !== said) now.textContent = said = news;
    file.textContent = upload.file;
    if (upload.seen) { bar.max = upload.seen; bar.value = upload.done; }
    if (upload.over) {
      run.replaceChildren(made("p", `${upload.state}: ${count(upload.files, "file")}${upload.person ? ` by ${upload.person}` : ""}`, { class: "now" }), ...upload.says.map((says) => made("p", says)));
      await renewFoot();
      run.dataset.over = "yes";
      return;
    }
    await new Promise((wake) => setTimeout(wake, EVERY));
  }
}

/** The foot of the page says what is held, and as of when: both have changed. */
async function renewFoot() {
  const page = await fetch(location.href, { credentials: "same-origin" }).then((answer) => answer.text()).catch(() => "");
  const foot = new DOMParser().parseFromString(page, "text/html").querySelector("footer");
  if (foot) document.querySelector("footer").replaceWith(foot);
}

/** All files below a dropped folder, with their paths in it. */
async function below(entry, path = "") {
  const own = path + entry.name;
  if (entry.isFile) return [{ file: await new Promise((done, fail) => entry.file(done, fail)), path: own }];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...await below(one, `${own}/`));
  }
}

drop.classList.add("with-script");
for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  const found = entries.length ? (await Promise.all(entries.map((one) => below(one)))).flat() : [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
  send(found);
});
for (const input of drop.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => { send([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))); input.value = ""; });
}
drop.addEventListener("submit", (event) => event.preventDefault());
for (const run of runs.querySelectorAll(".run[data-upload]")) if (!run.dataset.over) watch(run);
