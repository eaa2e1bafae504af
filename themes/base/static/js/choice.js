// A choice among the variants of a creation: price, availability, picture and address follow it; several axes get a control each.
// The flat control stays what the form sends: whatever fails here, it is shown again and works alone.

const data = document.getElementById("variantes");
const form = data?.closest("form");
if (form) follow(form, JSON.parse(data.textContent));

function follow(form, { variants, shares, chosen, address }) {
  const flat = form.querySelector("[data-flat]");
  const list = flat.querySelector("select");
  const gallery = document.querySelector(".gallery__list");
  const flatly = () => { const sent = list ? list.value : flat.querySelector(":checked")?.value; return variants.find((variant) => String(variant.id) === sent); };

  const draw = (what, place) => {
    const drawn = document.querySelector(`[data-${what}]`);
    drawn.replaceChildren(form.querySelector(`template[data-${what}-of="${place}"]`).content.cloneNode(true));
    return drawn.querySelector(".price, .badge").textContent.replace(/\s+/g, " ").trim();
  };
  const show = (variant, quiet) => {
    const said = [variant.values.join(" · "), draw("price", variant.price), draw("state", variant.state)];
    document.querySelector("[data-share]").textContent = shares[variant.price];
    form.elements.quantity.max = variant.most;
    if (variant.picture) gallery?.scrollTo({ left: (variant.picture - 1) * gallery.clientWidth, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
    if (quiet) return;
    form.querySelector("[data-said]").textContent = said.join(", ");
    // A refused form is shown at another address, which must not be asked for again.
    if (location.pathname !== address) return;
    const here = new URL(location);
    here.searchParams.set("variante", variant.id);
    history.replaceState(history.state, "", here);
  };

  const axes = form.querySelector("template[data-axes]");
  // What the browser restored after going back may differ from what the server drew.
  const first = flatly() ?? variants.find((variant) => variant.id === chosen);
  if (axes) byAxis(form, axes, flat, list, variants, first, show);
  else {
    flat.addEventListener("change", () => { const variant = flatly(); if (variant) show(variant); });
    if (first && first.id !== chosen) show(first, true);
  }
}

function byAxis(form, template, flat, list, variants, first, show) {
  const part = template.content.cloneNode(true).firstElementChild;
  const controls = [...part.querySelectorAll("[data-axis]")];
  const values = (control) => [...control.querySelectorAll("input, option:not([value=''])")];
  const read = (control) => control.querySelector("select")?.value ?? control.querySelector(":checked")?.value ?? "";
  const write = (control, value) => values(control).forEach((one) => { one[one.matches("input") ? "checked" : "selected"] = one.value === value; });
  const agrees = (variant, said, but = -1) => variant.values.every((value, axis) => axis === but || !said[axis] || value === said[axis]);

  // The one that shares most with what was chosen, among those that can be had if there are any; the vendor's order decides the rest.
  const nearest = (said, axis) => {
    const having = variants.filter((variant) => variant.values[axis] === said[axis]);
    const left = having.filter((variant) => variant.available);
    const shared = (variant) => variant.values.filter((value, place) => value === said[place]).length;
    return (left.length ? left : having).reduce((best, variant) => (shared(variant) > shared(best) ? variant : best));
  };
  const settle = (quiet) => {
    const said = controls.map(read);
    const variant = said.every(Boolean) ? variants.find((one) => agrees(one, said)) : undefined;
    list.value = variant?.available ? variant.id : "";
    controls[0].querySelector("input, select").setCustomValidity(variant && !variant.available ? part.dataset.none : "");
    controls.forEach((control, axis) => values(control).forEach((one) => {
      const left = variants.some((other) => other.available && other.values[axis] === one.value && agrees(other, said, axis));
      const words = left ? "" : ` (${part.dataset.gone})`;
      if (one.matches("option")) one.textContent = one.value + words;
      else { one.parentElement.classList.toggle("chip--gone", !left); one.parentElement.lastElementChild.textContent = words; }
    }));
    if (variant) show(variant, quiet);
  };
  const back = () => { part.remove(); flat.hidden = false; list.required = true; };
  const changed = (axis) => {
    const said = controls.map(read);
    if (said[axis] && !variants.some((variant) => variant.available && agrees(variant, said))) {
      const near = nearest(said, axis);
      controls.forEach((control, place) => { if (said[place]) write(control, near.values[place]); });
    }
    settle();
  };

  controls.forEach((control, axis) => {
    if (values(control).length === 1) write(control, values(control)[0].value);
    if (first) write(control, first.values[axis]);
    control.addEventListener("change", () => { try { changed(axis); } catch { back(); } });
  });
  settle(true);
  flat.before(part);
  flat.hidden = true;
  list.required = false;
  // The form sends what it always sent.
  form.addEventListener("formdata", (event) => controls.forEach((_control, axis) => event.formData.delete(`axe-${axis + 1}`)));
}
