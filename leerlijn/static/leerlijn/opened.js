// Tells once that a person looks at this page: after a touch, a key or a scroll, so that a
// program which only loads the page is no reader.
(() => {
  const place = document.querySelector("[data-opened]");
  const signs = ["pointerdown", "keydown", "scroll"];

  function tell() {
    for (const sign of signs) removeEventListener(sign, tell);
    fetch(place.dataset.opened, { method: "POST", keepalive: true, credentials: "omit" }).catch(
      () => {},
    );
  }

  if (place) for (const sign of signs) addEventListener(sign, tell, { passive: true });
})();
