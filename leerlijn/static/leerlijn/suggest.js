// A chosen example fills the field below it, where it can be changed. Without this script the
// example itself is sent.
(() => {
  for (const examples of document.querySelectorAll("select[data-fills]")) {
    const field = examples.closest("fieldset")?.querySelector("textarea");
    let filled = "";
    examples.addEventListener("change", () => {
      // What somebody wrote themselves is never overwritten.
      if (!field || (field.value.trim() && field.value !== filled)) return;
      field.value = filled = examples.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (filled) field.focus();
    });
  }
})();
