// Saves a plan while it is being written, in the one draft that its owner sees on every device.
// Typed on in another window meanwhile: says so, and overwrites nothing. Without this script the
// button "Bewaar" does the same.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;

  const WORDS = {
    begun: "We bewaren wat je typt. Alleen jij ziet het.",
    kept: "Bewaard om ",
    offline: "Je hebt nu geen verbinding. Wat je typte staat er nog. We proberen het zo weer.",
    loggedOut: "Je bent uitgelogd. Wat je typte staat er nog.",
    logIn: "Log in via een nieuw tabblad",
    logInAfter: " en kom dan hier terug.",
    someoneElse: "Op dit apparaat is nu iemand anders ingelogd. Laad de bladzijde opnieuw.",
    elsewhere: " Druk op Bewaar: dan zie je beide teksten.",
  };
  const PAUSE_AFTER_TYPING = 2000; // milliseconds
  const PAUSE_AFTER_FAILING = 8000;

  let timer;
  let saving = null;
  let stopped = false; // sent by a button, or typed on elsewhere
  let saved = typed().toString();

  const status = said("status", "ams-paragraph ll-soft");
  const alert = said("alert", "ll-note");
  status.textContent = WORDS.begun;

  function said(role, look) {
    const line = document.createElement("p");
    line.className = look;
    line.setAttribute("role", role);
    line.hidden = role === "alert";
    form.querySelector(".ams-action-group").before(line);
    return line;
  }

  function typed() {
    const fields = new URLSearchParams(new FormData(form));
    ["csrfmiddlewaretoken", "revision"].forEach((name) => fields.delete(name));
    return fields;
  }

  function parcel() {
    const fields = typed();
    fields.set("revision", form.elements.revision.value);
    // Over HTTPS the cookie has __Host- before its name.
    const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
    const value = token ? token[1] : form.elements.csrfmiddlewaretoken.value;
    fields.set("csrfmiddlewaretoken", decodeURIComponent(value));
    return fields;
  }

  function warn(...parts) {
    alert.replaceChildren(...parts);
    alert.hidden = parts.length === 0;
  }

  function sayLoggedOut() {
    const link = document.createElement("a");
    const { login: href } = form.dataset;
    Object.assign(link, { href, target: "_blank", rel: "noopener", className: "ams-link" });
    link.textContent = WORDS.logIn;
    warn(`${WORDS.loggedOut} `, link, WORDS.logInAfter);
  }

  function soon(pause = PAUSE_AFTER_TYPING) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    if (stopped || saving) return;
    const now = typed().toString();
    if (now === saved) return;
    saving = send(now);
    await saving;
    saving = null;
    if (!stopped && typed().toString() !== now) soon();
  }

  async function send(now) {
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: parcel(),
        credentials: "same-origin",
        redirect: "error",
      });
      await heard(answer, now);
    } catch {
      warn(WORDS.offline);
      soon(PAUSE_AFTER_FAILING);
    }
  }

  async function heard(answer, now) {
    if (answer.status === 401) return sayLoggedOut();
    if (answer.status === 404 || answer.status === 403) return warn(WORDS.someoneElse);
    if (answer.status >= 500) throw new Error(answer.status);
    const { revision, saved: moment, detail } = await answer.json();
    if (answer.ok) {
      saved = now;
      form.elements.revision.value = revision;
      status.textContent = `${WORDS.kept}${moment}. Alleen jij ziet het.`;
      return warn();
    }
    stopped = answer.status === 409;
    return warn(stopped ? `${detail}${WORDS.elsewhere}` : detail);
  }

  // The page goes away: one last parcel that the browser may deliver after us.
  function saveInPassing() {
    const now = typed().toString();
    if (stopped || saving || now === saved) return;
    if (navigator.sendBeacon(form.dataset.draft, parcel())) saved = now;
  }

  form.addEventListener("input", () => soon());
  // Only when it really goes: keep.js first holds the press, to see whether there is a connection.
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  window.addEventListener("online", save);
  window.addEventListener("pagehide", saveInPassing);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveInPassing();
  });
})();
