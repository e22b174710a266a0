// Keeps what is typed in a <form data-keep="key"> on the server, and lets a form go only when
// there is a connection. Without this script every form still works.
(() => {
  const { keep, knock, login, who } = document.currentScript.dataset;

  const WORDS = {
    offline: "Je hebt nu geen verbinding. Wat je typte staat er nog. Probeer het zo weer.",
    down: "We kunnen dit nu niet aannemen. Wat je typte staat er nog. Probeer het zo weer.",
    loggedOut: "Je bent uitgelogd. Wat je typte staat er nog.",
    logIn: "Log in via een nieuw tabblad",
    logInAfter: " en kom dan hier terug.",
    someoneElse: "Op dit apparaat is nu iemand anders ingelogd. Laad de bladzijde opnieuw.",
    tooMuch: "Deze tekst is te lang om tussendoor te bewaren. Verstuur hem als hij klaar is.",
    sending: "We versturen het. Even geduld.",
    kept: "Bewaard om ",
  };
  const PAUSE_AFTER_TYPING = 2000; // milliseconds
  const LONGEST_KNOCK = 8000;
  const SHORTEST_PATIENCE = 1200; // before we say that it takes a while
  const LOCKED_AFTER_SENDING = 15000; // a download leaves the page where it is
  const TOKEN = "csrfmiddlewaretoken";
  const TIME = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" };

  // Of each form: ``saved`` (as text), ``sent`` (so nothing is left to keep), ``busy``.
  const states = new WeakMap();
  let tokenOfThisPage = tokenNow();

  // Over HTTPS the cookie has __Host- before its name.
  function tokenNow() {
    const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  // The status that the server answers; 0 when there is no server to be reached.
  async function ask(address, options = {}) {
    const patience = new AbortController();
    const alarm = setTimeout(() => patience.abort(), LONGEST_KNOCK);
    try {
      const settings = { cache: "no-store", credentials: "same-origin", ...options };
      return (await fetch(address, { signal: patience.signal, ...settings })).status;
    } catch {
      return 0;
    } finally {
      clearTimeout(alarm);
    }
  }

  // --- Saying something, near the button that was pressed

  function line(form, role) {
    const own = `ll-said-${role}`;
    let said = form.querySelector(`.${own}`);
    if (!said) {
      said = document.createElement("p");
      said.className = `${own} ${role === "alert" ? "ll-note" : "ams-paragraph ll-soft"}`;
      said.setAttribute("role", role);
      const buttons = [...form.elements].filter((each) => each.type === "submit");
      const button = states.get(form)?.pressed || buttons[0];
      const group = button?.closest(".ams-action-group");
      said.classList.toggle("ll-wide", Boolean(group));
      if (group) group.prepend(said);
      else if (button && form.contains(button)) button.before(said);
      else form.append(said);
    }
    return said;
  }

  function say(form, role, ...parts) {
    const said = line(form, role);
    said.replaceChildren(...parts);
    said.hidden = parts.length === 0;
    if (role === "alert" && parts.length) said.scrollIntoView({ block: "nearest" });
  }

  function sayLoggedOut(form) {
    const link = document.createElement("a");
    Object.assign(link, { href: login, target: "_blank", rel: "noopener", className: "ams-link" });
    link.textContent = WORDS.logIn;
    say(form, "alert", `${WORDS.loggedOut} `, link, WORDS.logInAfter);
  }

  // --- Keeping

  function typed(form) {
    const secret = new Set([...form.querySelectorAll("[type=password]")].map((each) => each.name));
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const wanted = typeof value === "string" && name !== TOKEN && !secret.has(name);
      if (wanted) fields.append(name, value);
    }
    return fields;
  }

  function parcel(form, fields) {
    const body = new URLSearchParams(fields);
    body.append("kept-key", form.dataset.keep);
    body.append("kept-who", who);
    body.append(TOKEN, tokenNow() || form.elements[TOKEN]?.value || "");
    return body;
  }

  async function save(form) {
    const state = states.get(form);
    const fields = typed(form);
    const text = fields.toString();
    if (state.sent || text === state.saved) return;
    state.saving = ask(keep, { method: "POST", body: parcel(form, fields) });
    answered(form, text, await state.saving);
  }

  function answered(form, text, status) {
    const state = states.get(form);
    if (status === 204) {
      state.saved = text;
      const now = new Date().toLocaleTimeString("nl-NL", TIME);
      say(form, "alert");
      say(form, "note", `${WORDS.kept}${now.replace(":", ".")} uur.`);
    } else if (status === 401) sayLoggedOut(form);
    else if (status === 409) say(form, "alert", WORDS.someoneElse);
    else if (status === 413) say(form, "alert", WORDS.tooMuch);
    // Without a connection we say nothing yet: the next save, or the button, will.
  }

  // The page goes away: one last parcel that the browser may deliver after us.
  function saveInPassing(form) {
    const state = states.get(form);
    const fields = typed(form);
    if (state.sent || fields.toString() === state.saved) return;
    clearTimeout(state.timer);
    if (navigator.sendBeacon(keep, parcel(form, fields))) state.saved = fields.toString();
  }

  function watch(form) {
    const state = stateOf(form);
    state.saved = typed(form).toString();
    const soon = () => {
      state.sent = false;
      clearTimeout(state.timer);
      state.timer = setTimeout(() => save(form), PAUSE_AFTER_TYPING);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.addEventListener("online", () => save(form));
    window.addEventListener("pagehide", () => saveInPassing(form));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") saveInPassing(form);
    });
  }

  // --- Sending

  function stateOf(form) {
    if (!states.has(form)) states.set(form, {});
    return states.get(form);
  }

  function isGuarded(form, button) {
    const asked = (name, otherwise) =>
      button?.getAttribute(`form${name}`) || form.getAttribute(name) || otherwise;
    return asked("method", "get").toLowerCase() === "post" && asked("target", "_self") === "_self";
  }

  // Whether the form may go; says why not. After a login in another tab it gets the new token,
  // but only when the same person logged in.
  async function mayGo(form) {
    const status = await ask(knock);
    if (status < 200 || status >= 400) {
      say(form, "alert", status ? WORDS.down : WORDS.offline);
      return false;
    }
    if (who && tokenNow() !== tokenOfThisPage) {
      if ((await ask(`${keep}?kept-who=${who}`)) === 409) {
        say(form, "alert", WORDS.someoneElse);
        return false;
      }
      tokenOfThisPage = tokenNow();
    }
    if (form.elements[TOKEN] && tokenOfThisPage) form.elements[TOKEN].value = tokenOfThisPage;
    return true;
  }

  async function send(form, button) {
    const state = stateOf(form);
    state.pressed = button;
    state.busy = true;
    clearTimeout(state.timer);
    button?.setAttribute("aria-disabled", "true");
    say(form, "alert");
    const patience = setTimeout(() => say(form, "status", WORDS.sending), SHORTEST_PATIENCE);
    await state.saving; // or it would come after what is sent, and stay
    const goes = await mayGo(form);
    clearTimeout(patience);
    if (goes) {
      state.sent = true;
      isThrownAway(form.elements["kept-key"]?.value);
      submit(form, button);
      setTimeout(() => release(form), LOCKED_AFTER_SENDING);
    } else {
      release(form);
      if (form.dataset.keep) state.timer = setTimeout(() => save(form), PAUSE_AFTER_TYPING);
    }
  }

  // "Begin leeg": what stands in the form of that key is not kept once more on the way out.
  function isThrownAway(key) {
    for (const form of document.querySelectorAll("form[data-keep]")) {
      if (key && form.dataset.keep === key) stateOf(form).sent = true;
    }
  }

  function submit(form, button) {
    stateOf(form).goes = true;
    if (form.requestSubmit) form.requestSubmit(button || undefined);
    else {
      if (button?.name) {
        const pressed = document.createElement("input");
        Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
        form.append(pressed);
      }
      HTMLFormElement.prototype.submit.call(form);
    }
  }

  function release(form) {
    const state = stateOf(form);
    state.pressed?.removeAttribute("aria-disabled");
    state.busy = state.goes = false;
    if (form.querySelector(".ll-said-status")) say(form, "status");
  }

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const state = stateOf(form);
      if (state.goes) {
        state.goes = false;
        return;
      }
      if (!isGuarded(form, event.submitter)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!state.busy) send(form, event.submitter);
    },
    true,
  );

  // Another script took the sending over and did not get through: the button works again.
  document.addEventListener("notsent", (event) => release(event.target));

  // Another script sends it in its own way, and guards its own button.
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented && stateOf(event.target).sent) release(event.target);
  });

  // Back to a page that the browser held in memory: its buttons work again.
  window.addEventListener("pageshow", (event) => {
    const known = [...document.forms].filter((form) => event.persisted && states.has(form));
    known.forEach(release);
  });

  for (const form of document.querySelectorAll("form[data-keep]")) watch(form);
})();
