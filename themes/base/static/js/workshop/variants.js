// What stands in the first line of the grid, for all lines at once.
const grid = document.querySelector("[data-variants]");
const rows = [...(grid?.querySelectorAll("[data-variant]") ?? [])];
if (rows.length > 1) {
  rows[0].querySelectorAll("input:not([type=hidden], [type=checkbox])").forEach((input) => {
    const column = input.name.split("-").pop();
    if (column === "sku") return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--plain button--small", textContent: "↓" });
    button.setAttribute("aria-label", `${input.labels[0].firstChild.textContent} ↓`);
    button.addEventListener("click", () => {
      rows.slice(1).forEach((row) => { row.querySelector(`[name$="-${column}"]`).value = input.value; });
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    input.after(button);
  });
}
