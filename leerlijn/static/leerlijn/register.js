// The register: "Iedereen er" without leaving the page, and how many rows are filled in.
// Without this script the button asks the server, and the bar says how many people there are.
(() => {
  const form = document.querySelector("form[data-register]");
  const counted = document.querySelector("[data-counted]");
  if (!form) return;

  const groups = () => [...form.querySelectorAll("[role=radiogroup]")];
  const isChosen = (group) => group.querySelector("input:checked") !== null;

  function count() {
    const all = groups();
    counted.textContent = `${all.filter(isChosen).length} van ${all.length} ingevuld`;
  }

  function everyone(event) {
    event.preventDefault();
    for (const group of groups()) {
      if (!isChosen(group) && !("paused" in group.dataset)) {
        group.querySelector("input").checked = true;
      }
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("change", count);
  document.querySelector("[data-everyone]")?.addEventListener("click", everyone);
  counted.setAttribute("role", "status");
  count();
})();
