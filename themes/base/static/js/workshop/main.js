// Comforts of the workshop; every page works without them. Each room adds its own module beside this one.

// A long work is read again every second or so, until it is over; then the page itself.
const again = async (box) => {
  const answer = await fetch(box.dataset.poll, { headers: { "X-Fragment": "1" } }).catch(() => null);
  if (!answer?.ok) return setTimeout(again, 5000, box);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".progress");
  if (!fresh?.dataset.poll) return location.reload();
  box.replaceWith(fresh);
  setTimeout(again, 1200, fresh);
};
document.querySelectorAll("[data-poll]").forEach((box) => setTimeout(again, 800, box));
