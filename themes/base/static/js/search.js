// The search field as a combobox (WAI-ARIA 1.2), recent searches kept in this browser alone, and a count of what was chosen.

const RECENT = "lb-recent-searches";
const form = document.querySelector("form[data-suggest]");
if (form) combobox(form);

function combobox(form) {
  const field = form.querySelector("input[name=q]");
  const list = form.querySelector(".search-box__list");
  const status = form.querySelector("[role=status]");
  let asked = 0, timer = 0, active = -1;
  list.id = "q-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "q-list" })) field.setAttribute(name, value);

  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (html) => {
    list.innerHTML = html;
    active = -1;
    const found = options();
    found.forEach((option, place) => { option.id = `q-option-${place}`; option.setAttribute("aria-selected", "false"); });
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    field.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? `${found.length} ${list.dataset.some}` : field.value.trim().length > 1 ? list.dataset.none : "";
  };
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); active = -1; };
  const move = (step) => {
    const found = options();
    if (list.hidden || !found.length) return;
    active = (active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length;
    found.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    found[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", found[active].id);
  };
  const ask = async () => {
    const text = field.value.trim();
    const turn = ++asked;
    if (text.length < 2) return text ? close() : show(recentList());
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: text })}`);
      // An older answer that arrives late is thrown away.
      if (turn === asked && answer.ok && document.activeElement === field) show((await answer.text()).trim());
    } catch { close(); }
  };
  const recentList = () => {
    const recent = remembered();
    if (!recent.length) return "";
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", list.dataset.recent);
    for (const text of recent) {
      const line = Object.assign(document.createElement("a"), { className: "suggestion", textContent: text, href: `${form.action}?${new URLSearchParams({ q: text })}` });
      line.setAttribute("role", "option");
      line.tabIndex = -1;
      group.append(line);
    }
    const forget = Object.assign(document.createElement("a"), { className: "suggestion small", textContent: list.dataset.clear, href: "#q" });
    forget.setAttribute("role", "option");
    forget.dataset.forget = "yes";
    forget.tabIndex = -1;
    group.append(forget);
    return group.outerHTML;
  };

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  field.addEventListener("focus", () => { if (!field.value.trim()) ask(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) ask(); else move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "Enter" && active >= 0 && !list.hidden) { event.preventDefault(); options()[active].click(); }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    if (!event.target.closest("[data-forget]")) return;
    event.preventDefault();
    localStorage.removeItem(RECENT);
    close();
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  form.addEventListener("submit", () => remember(field.value.trim()));
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest?.("input, textarea, select, [contenteditable]")) { event.preventDefault(); field.focus(); }
  });
}

function remembered() {
  try { return JSON.parse(localStorage.getItem(RECENT) ?? "[]").slice(0, 6); } catch { return []; }
}

function remember(text) {
  if (text.length < 2) return;
  try { localStorage.setItem(RECENT, JSON.stringify([text, ...remembered().filter((other) => other !== text)].slice(0, 6))); } catch { /* A full or closed store is no reason not to search. */ }
}

// Which result was chosen for which words: numbers only, sent without cookies.
const results = document.querySelector("[data-results]");
results?.addEventListener("click", (event) => {
  const row = event.target.closest("a") && event.target.closest(".result");
  if (!row || !results.dataset.results) return;
  const { kind, key, place } = row.dataset;
  fetch(results.dataset.click, { method: "POST", body: new URLSearchParams({ q: results.dataset.results, kind, key, place }), keepalive: true, credentials: "omit" });
});

// On a phone the filters are folded; without JavaScript they stand open.
document.querySelectorAll("[data-narrow-closed]").forEach((fold) => { fold.open = matchMedia("(min-width: 60rem)").matches; });
