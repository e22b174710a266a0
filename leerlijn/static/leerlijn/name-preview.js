// The name as it is typed, on the paper beside it. Without script a button shows it.
const typed = document.querySelector("[data-previews-name]");
const shown = document.getElementById("naam-op-papier");
if (typed && shown) {
  const sent = document.querySelectorAll("input[data-same-name]");
  typed.addEventListener("input", () => {
    const name = typed.value.trim().replace(/\s+/g, " ");
    shown.textContent = name || "Je naam";
    for (const field of sent) field.value = name;
  });
}
