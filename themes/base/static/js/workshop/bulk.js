// The table of creations: only the fields of the chosen action are shown; a change that was not saved is marked; leaving asks.
const box = document.querySelector("[data-bulk]");
const kind = box?.querySelector("[name=kind]");
const needs = { number: /^(price|stock|lead)/, ending: /^price/, section: /^section/, tag: /^tag/, state: /^state/ };
const show = () => Object.entries(needs).forEach(([name, when]) => {
  const field = box.querySelector(`[name=${name}]`)?.closest(".field");
  if (field) field.hidden = !when.test(kind.value);
});
if (kind) { kind.addEventListener("change", show); show(); }

const form = document.getElementById("tableau");
const dirty = () => [...form.querySelectorAll("[data-was]")].some((input) => input.value !== input.dataset.was);
form?.addEventListener("input", (event) => {
  const input = event.target;
  if (input.dataset.was !== undefined) input.classList.toggle("bulk__changed", input.value !== input.dataset.was);
});
form?.addEventListener("submit", () => { form.dataset.leaving = "yes"; });
addEventListener("beforeunload", (event) => { if (form && !form.dataset.leaving && dirty()) event.preventDefault(); });
