// Small comforts; every page works without them.

// A form is sent once: the second click finds the button asleep, the back button wakes it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  queueMicrotask(() => form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => { button.setAttribute("aria-disabled", "true"); }));
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  document.querySelectorAll("[data-once]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// The list of errors takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// A choice that changes sums asks for them at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("input[type=radio], select, input[type=number]")) form.requestSubmit();
});

// The town follows the postcode.
const postcode = document.querySelector("input[data-towns]");
const town = postcode && document.getElementById(postcode.dataset.towns);
postcode?.addEventListener("input", async () => {
  if (!/^\d{5}$/.test(postcode.value)) return;
  const answer = await fetch(`${postcode.dataset.url}?code=${postcode.value}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { towns } = await answer.json();
  const list = document.getElementById(town.getAttribute("list"));
  list.replaceChildren(...towns.map((name) => Object.assign(document.createElement("option"), { value: name })));
  if (towns.length === 1 || !towns.includes(town.value)) town.value = towns[0] ?? town.value;
});

// A thumbnail moves the pictures, not the page, and says which one is seen.
document.querySelectorAll(".gallery").forEach((gallery) => {
  const list = gallery.querySelector(".gallery__list");
  const thumbs = [...gallery.querySelectorAll(".gallery__thumbs a")];
  if (!list || !thumbs.length) return;
  const mark = () => {
    const seen = Math.round(list.scrollLeft / list.clientWidth);
    thumbs.forEach((thumb, place) => { if (place === seen) thumb.setAttribute("aria-current", "true"); else thumb.removeAttribute("aria-current"); });
  };
  thumbs.forEach((thumb, place) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    list.scrollTo({ left: place * list.clientWidth, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }));
  list.addEventListener("scroll", mark, { passive: true });
  mark();
});

// The address of a page, copied by whoever wants to share it.
document.querySelectorAll("[data-copy]").forEach((share) => {
  if (!navigator.clipboard) return;
  share.hidden = false;
  share.querySelector("button").addEventListener("click", async () => {
    await navigator.clipboard.writeText(share.dataset.copy);
    share.querySelector("[role=status]").textContent = share.dataset.copied;
  });
});

// A banner that was closed stays closed in this window.
document.querySelectorAll("[data-banner]").forEach((banner) => {
  const kept = `banner:${banner.dataset.banner}`;
  const close = banner.querySelector("button");
  banner.hidden = sessionStorage.getItem(kept) !== null;
  close.hidden = false;
  close.addEventListener("click", () => { sessionStorage.setItem(kept, "closed"); banner.hidden = true; });
});

// What is left of a campaign, said anew every half minute in the words of the page's language.
const said = (number, unit) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);
const counted = () => document.querySelectorAll("[data-countdown]").forEach((place) => {
  const minutes = Math.floor((new Date(place.dateTime) - Date.now()) / 60000);
  if (minutes < 0) return;
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = days ? [said(days, "day"), hours && said(hours, "hour")] : hours ? [said(hours, "hour"), rest && said(rest, "minute")] : [said(Math.max(rest, 1), "minute")];
  place.textContent = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(parts.filter(Boolean));
});
if (document.querySelector("[data-countdown]") && !document.querySelector(".as-of")) setInterval(counted, 30000);
