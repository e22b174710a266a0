// Shows how far work in the background is, as long as it goes on. Without script there is a link.
(() => {
  const PAUSE = 2000; // milliseconds

  async function look() {
    const place = document.querySelector("[data-going]");
    if (!place) return;
    try {
      const answer = await fetch(place.dataset.going, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(place.id);
      // Ended: the whole page has other words then. A login that ended: the page asks for it.
      if (!fresh || !("going" in fresh.dataset)) return location.reload();
      // Whoever stands on a link or button in it is not thrown off.
      if (!place.contains(document.activeElement)) place.replaceWith(fresh);
    } catch {
      // No network for a moment: look again.
    }
    setTimeout(look, PAUSE);
  }

  setTimeout(look, PAUSE);
})();
