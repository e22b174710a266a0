// For <form data-drop> with one file in it: dropping a file anywhere on the page chooses it and
// sends the form. Without this script the file is chosen in the usual way.
(() => {
  const form = document.querySelector("form[data-drop]");
  const input = form?.querySelector("input[type=file]");
  if (!input) return;

  const holdsFile = (event) => event.dataTransfer?.types.includes("Files");

  // A file that lands beside the form would otherwise open in the place of this page.
  document.addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    form.classList.add("ll-drop");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("ll-drop"); // out of the window
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    form.classList.remove("ll-drop");
    const parcel = new DataTransfer();
    parcel.items.add(event.dataTransfer.files[0]);
    input.files = parcel.files;
    form.requestSubmit();
  });
})();
