// The code of our content checks (their words are in editorial/checks.py). Loaded after Wagtail's script, which brings axe.
(() => {
  const remark = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const EMPTY = /^(?:cliquez|cliquer|clic)?\s*(?:ici|là)\s*[.!»]*$|^(?:lire la suite|en savoir plus|voir plus|plus d[’']infos?|suivez ce lien|ce lien|click here|here|read more|learn more|this link)\s*[.!»]*$/i;
  const PRICE = /\d[\d\s\u00a0\u202f]*(?:[.,]\d{1,2})?\s*(?:€|euros?\b)/i;
  const LONGEST = 70;
  const checks = {
    "lb-missing-alt": (img) => {
      const undescribed = remark("lb:alt").split("|").filter(Boolean);
      return !undescribed.some((stem) => img.src.includes(`/${stem.slice(0, 30)}`));
    },
    "lb-empty-link-words": (link) => !EMPTY.test(link.getAttribute("aria-label") ?? words(link)),
    "lb-typed-price": (node) => !PRICE.test(words(node)),
    "lb-missing-description": () => remark("lb:description") !== "missing",
    "lb-long-title": () => document.title.replace(/ · Lapin Blanc$/, "").length <= LONGEST,
  };
  const add = () => {
    if (!window.axe) return;
    window.axe.configure({ checks: Object.entries(checks).map(([name, evaluate]) => ({ id: `${name}-check`, evaluate })) });
  };
  add();
})();
