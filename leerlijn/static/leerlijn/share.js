// Copy or share a link: buttons that are hidden until this browser can do it. Without script the
// link itself stands there.
for (const button of document.querySelectorAll("button[data-share]")) {
  const url = button.dataset.share;
  const copies = "copy" in button.dataset;
  const can = copies ? navigator.clipboard : navigator.share;
  if (!can) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = document.getElementById(button.getAttribute("aria-describedby"));
    try {
      if (copies) await navigator.clipboard.writeText(url);
      else await navigator.share({ title: button.dataset.title, url });
      if (copies) told.textContent = "De link is gekopieerd. Plak hem waar je wilt.";
    } catch (refusal) {
      // Closing the share sheet is no mistake; only a copy that did not work is told.
      if (copies) told.textContent = "Kopiëren lukt hier niet. Houd je vinger op de link.";
    }
  });
}
