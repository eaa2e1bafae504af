// In the editors' admin: a list of choosers takes several choices at once, from one modal. In a story of a boutique it opens on
// this boutique's pieces, one filter away from all the others.
(() => {
  const { ListBlockDefinition } = window.wagtailStreamField.blocks;

  function pageVendor() {
    const vendor = document.getElementById("id_vendor")?.value;
    return vendor ? { vendor } : {};
  }

  class PickedListDefinition extends ListBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const list = super.render(placeholder, prefix, initialState, initialError);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = this.meta.severalText;
      button.addEventListener("click", () => {
        this.childBlockDef.widget.openModal((chosen) => {
          const known = new Set(list.getValue().map(String));
          for (const one of chosen) {
            if (!known.has(String(one.id))) list.insert(one, list.children.length, { id: crypto.randomUUID() });
          }
        }, { multiple: true, linkedFieldFilters: pageVendor() });
      });
      list.container[0].append(button);
      return list;
    }
  }

  window.telepath.register("lapinblanc.PickedList", PickedListDefinition);
})();
