// Legal notices follow the category; words that the law keeps are pointed at while typing, with what to write instead.
const form = document.getElementById("editeur");
const token = form?.querySelector("[name=csrfmiddlewaretoken]").value;

form?.querySelector("[name=category]")?.addEventListener("change", async (event) => {
  const box = form.querySelector("[data-legal]");
  if (!form.dataset.legal || !box) return;
  const answer = await fetch(`${form.dataset.legal}?category=${encodeURIComponent(event.target.value)}`);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-legal]");
  fresh?.querySelectorAll("[name]").forEach((input) => { const typed = box.querySelector(`[name="${input.name}"]`); if (typed && typed.value) input.value = typed.value; });
  if (fresh) box.replaceWith(fresh);
});

const look = async (input) => {
  const body = new FormData();
  body.append("text", input.value);
  const answer = await fetch(form.dataset.lint, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
  if (!answer?.ok) return;
  const { notes } = await answer.json();
  let list = input.parentElement.querySelector(".notes");
  if (!list) { list = Object.assign(document.createElement("ul"), { className: "notes small" }); list.setAttribute("role", "status"); input.after(list); }
  list.replaceChildren(...notes.map((note) => {
    const line = document.createElement("li");
    line.className = note.blocks ? "notes__line notes__line--blocks" : "notes__line";
    line.append(Object.assign(document.createElement("mark"), { textContent: note.word }), ` ${note.why} → ${note.instead} (${note.source})`);
    return line;
  }));
};
const waiting = new Map();
if (form?.dataset.lint) {
  const names = ["title", "summary", "description", "technique", "making", "care", "tags"];
  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(waiting.get(event.target));
    waiting.set(event.target, setTimeout(look, 700, event.target));
  });
  names.map((name) => form.elements[name]).filter((input) => input?.value).forEach(look);
}
