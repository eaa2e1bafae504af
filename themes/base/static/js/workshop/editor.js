// The editor of a listing: saved while typing, pictures dropped and put in order, the page as a buyer sees it. All of it works without.
const form = document.getElementById("editeur");
const said = form?.querySelector("[data-said]");
const token = form?.querySelector("[name=csrfmiddlewaretoken]").value;
const say = (text) => { if (said) said.textContent = text; };
const setRevision = (number) => { const field = form.querySelector("[name=revision]"); if (field && number) field.value = number; };
const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });

// One save at a time; what was typed while it ran is saved after it. A draft kept in this window outlives a lost connection.
let timer = 0;
let busy = false;
let again = false;
const save = async () => {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  const body = new FormData(form);
  body.delete("picture");
  try {
    const answer = await post(form.dataset.autosave, body);
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error();
    const found = await answer.json();
    say(found.said);
    if (answer.ok) {
      setRevision(found.revision);
      form.dataset.kept = "yes";
      if (found.written) form.querySelectorAll("[data-was]").forEach((was) => { was.value = form.elements[was.dataset.was]?.value ?? was.value; });
      refresh();
    }
  } catch {
    say(form.dataset.lost ?? "…");
  }
  busy = false;
  if (again) save();
};
const later = (event) => {
  if (event?.target.type === "file" || event?.target.name?.startsWith("alt-")) return;
  form.dataset.kept = "no";
  clearTimeout(timer);
  timer = setTimeout(save, 1500);
};
if (form?.dataset.autosave) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { clearTimeout(timer); form.dataset.kept = "yes"; });
  addEventListener("beforeunload", (event) => { if (form.dataset.kept === "no") { save(); event.preventDefault(); } });
}

// The preview stands beside the form where there is room for it.
const box = document.querySelector("[data-preview-box]");
const frame = box?.querySelector("iframe");
function refresh() { if (frame?.src) frame.src = form.dataset.preview; }
if (box && form?.dataset.preview && matchMedia("(min-width: 80rem)").matches) {
  box.hidden = false;
  frame.src = form.dataset.preview;
}

// Words of pictures are saved when the field is left.
const room = form?.querySelector("[data-pictures]");
room?.addEventListener("change", async (event) => {
  if (!event.target.name?.startsWith("alt-")) return;
  const body = new FormData();
  body.append(event.target.name, event.target.value);
  const answer = await post(room.dataset.words, body);
  if (answer.ok) { setRevision((await answer.json()).revision); refresh(); }
});

// Pictures are sent one by one, each with its progress; the page is read again when all have arrived.
const list = room?.querySelector("[data-uploads]");
const send = (file) => new Promise((done) => {
  const line = document.createElement("li");
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  line.append(`${file.name} `, bar);
  list.append(line);
  const body = new FormData();
  body.append("picture", file);
  const call = new XMLHttpRequest();
  call.open("POST", room.dataset.pictures);
  call.setRequestHeader("X-CSRFToken", token);
  call.setRequestHeader("Accept", "application/json");
  call.responseType = "json";
  call.upload.addEventListener("progress", (event) => { bar.value = 100 * event.loaded / event.total; });
  call.addEventListener("loadend", () => {
    const fine = call.status === 200;
    if (fine) { bar.value = 100; setRevision(call.response.revision); } else { bar.remove(); line.append(call.response?.said ?? "…"); line.classList.add("field__errors"); }
    done(fine);
  });
  call.send(body);
});
const sendAll = async (files) => {
  if (form.dataset.kept === "no") { clearTimeout(timer); await save(); }
  let fine = true;
  for (const file of files) fine = (await send(file)) && fine;
  form.dataset.kept = "yes";
  if (fine) location.reload();
};
const drop = room?.querySelector("[data-drop]");
if (drop) {
  drop.querySelector("[data-send]").hidden = true;
  drop.querySelector("input").addEventListener("change", (event) => { sendAll([...event.target.files]); event.target.value = ""; });
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("shots__drop--over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("shots__drop--over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("shots__drop--over"); sendAll([...event.dataTransfer.files]); });
}

// Order by dragging; the buttons do the same by keyboard.
const shots = room?.querySelector(".shots");
let held = null;
shots?.addEventListener("dragstart", (event) => { held = event.target.closest("[data-picture]"); });
shots?.addEventListener("dragover", (event) => {
  const over = event.target.closest("[data-picture]");
  if (!held || !over || over === held) return;
  event.preventDefault();
  const after = [...shots.children].indexOf(over) > [...shots.children].indexOf(held);
  over[after ? "after" : "before"](held);
});
shots?.addEventListener("dragend", async () => {
  held = null;
  const body = new FormData();
  body.append("order", [...shots.children].map((item) => item.dataset.picture).join(","));
  const answer = await post(room.dataset.order, body);
  if (answer.ok) { setRevision((await answer.json()).revision); refresh(); }
});
