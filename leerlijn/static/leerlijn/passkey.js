// Shows what logs in with a passkey, where the browser can; without script it is not there.
(() => {
  if (!window.PublicKeyCredential) return;
  for (const hidden of document.querySelectorAll("[data-passkey]")) hidden.hidden = false;
  // The package says in the console only that somebody pressed "cancel".
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const said = document.querySelector("[data-passkey-said]");
    if (said) said.hidden = false;
  });
})();
