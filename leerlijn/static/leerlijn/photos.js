// For <input type="file" data-shrink>: makes photos smaller and upright on the phone itself, shows
// what was chosen, and how far the sending is. Without this script the form sends as it is.
(() => {
  const WORDS = {
    remove: "Haal weg",
    removed: "is weggehaald.",
    preparing: "We maken je foto's kleiner. Even geduld.",
    chosen: (count, size) => `${count} ${count === 1 ? "bestand" : "bestanden"} gekozen, samen ${size}.`,
    none: "Er is niets gekozen.",
    tooMany: "Kies hoogstens 20 foto's. Haal er een paar weg.",
    progress: "Zo ver is het versturen",
    sent: (sent, total) => `${sent} van ${total} verstuurd.`,
    reading: "Alles is verstuurd. We bekijken het nog even.",
    failed: "Het versturen lukte niet. Wat je koos staat nog klaar. Probeer het zo weer.",
    tooLarge: "Dit is te groot om in één keer te sturen. Haal iets weg en probeer het weer.",
  };
  const LONGEST_SIDE = 2000; // pixels
  const QUALITY = 0.85;
  const SMALL_ENOUGH = 400 * 1024; // bytes; smaller is not worth the battery
  const MOST = 20;

  const placeOf = (input) => `${input.form.getAttribute("action") || ""} ${input.name}`;
  const sizeOf = (bytes) => {
    const megabytes = Math.max(bytes / 1024 / 1024, 0.1);
    return `${megabytes.toLocaleString("nl-NL", { maximumFractionDigits: 1 })} MB`;
  };

  // What was sent and not taken: the page that says why comes in the same window (see turnTo).
  const refused = window.refusedFiles || new Map();
  delete window.refusedFiles;

  // --- One photo

  // ``file`` as a JPEG of at most 2000 pixels a side, upright and without place or camera; the
  // file itself when the browser cannot read it, or when it would only grow.
  async function smaller(file) {
    if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const jpeg = await drawn(picture, scale);
      picture.close();
      if (!jpeg || (scale === 1 && jpeg.size >= file.size)) return file;
      const name = `${file.name.replace(/\.[^.]+$/, "")}.jpg`;
      return new File([jpeg], name, { type: "image/jpeg", lastModified: file.lastModified });
    } catch {
      return file; // the server turns and cleans it too
    }
  }

  function drawn(picture, scale) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // under what lets through
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  }

  // --- What was chosen

  function element(name, facts = {}, ...inside) {
    const made = Object.assign(document.createElement(name), facts);
    made.append(...inside);
    return made;
  }

  function watch(input) {
    const list = element("ul", { className: "ll-lines ll-chosen", hidden: true });
    const said = element("p", { className: "ams-paragraph" });
    said.setAttribute("role", "status");
    input.after(said, list);
    const state = { files: [], ready: Promise.resolve(), input, list, said };

    input.addEventListener("change", () => {
      const fresh = [...input.files];
      state.ready = state.ready.then(() => take(state, fresh));
    });
    if (refused.has(placeOf(input))) {
      state.files = refused.get(placeOf(input));
      show(state);
    } else if (input.files.length) input.dispatchEvent(new Event("change")); // chosen before us
    return state;
  }

  async function take(state, fresh) {
    if (!fresh.length) return show(state); // the chooser was closed without choosing
    if (fresh.some((file) => file.type.startsWith("image/"))) state.said.textContent = WORDS.preparing;
    // A camera gives one photo at a time: another choice comes beside the first.
    const files = state.input.multiple ? [...state.files] : [];
    for (const file of fresh) files.push(await smaller(file)); // one by one: a phone has little memory
    state.files = files;
    return show(state);
  }

  function show(state, news = "") {
    const parcel = new DataTransfer();
    for (const file of state.files) parcel.items.add(file);
    state.input.files = parcel.files;
    state.list.replaceChildren(...state.files.map((file) => line(state, file)));
    state.list.hidden = !state.files.length;
    const total = state.files.reduce((sum, file) => sum + file.size, 0);
    const count = state.files.length;
    const now = count ? WORDS.chosen(count, sizeOf(total)) : WORDS.none;
    state.said.textContent = `${news} ${count > MOST ? WORDS.tooMany : now}`.trim();
  }

  function line(state, file) {
    const button = element("button", { type: "button", className: "ams-button ams-button--tertiary" });
    button.append(WORDS.remove, element("span", { className: "ams-visually-hidden" }, ` ${file.name}`));
    button.addEventListener("click", () => {
      state.files = state.files.filter((other) => other !== file);
      show(state, `${file.name} ${WORDS.removed}`);
      (state.list.querySelector("button") || state.input).focus();
    });
    return element("li", {}, element("span", {}, `${file.name} (${sizeOf(file.size)})`), button);
  }

  // --- Sending

  function meter(form) {
    let shown = form.querySelector(".ll-sending");
    if (!shown) {
      const bar = element("progress", { max: 1, value: 0 });
      bar.setAttribute("aria-label", WORDS.progress);
      const text = element("p", { className: "ams-paragraph" });
      shown = element("div", { className: "ll-sending" }, bar, text);
      const buttons = form.querySelector(".ams-action-group");
      if (buttons) buttons.before(shown);
      else form.append(shown);
    }
    return { shown, bar: shown.firstChild, text: shown.lastChild };
  }

  function tell(form, words, role) {
    const { shown, bar, text } = meter(form);
    shown.hidden = false;
    bar.hidden = role === "alert";
    text.setAttribute("role", role);
    text.className = role === "alert" ? "ll-note" : "ams-paragraph";
    text.textContent = words;
    if (role === "alert") shown.scrollIntoView({ block: "nearest" });
  }

  function post(form, fields, address) {
    const request = new XMLHttpRequest();
    const { bar } = meter(form);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      tell(form, WORDS.sent(sizeOf(loaded), sizeOf(total)), "none");
    });
    request.upload.addEventListener("load", () => tell(form, WORDS.reading, "status"));
    return new Promise((done) => {
      request.addEventListener("loadend", () => done(request));
      request.open("POST", address);
      request.send(fields);
    });
  }

  // Shows the page that the server answered with, as if the form had gone by itself.
  function turnTo(request, posted, states) {
    if (request.responseURL === posted) {
      window.refusedFiles = new Map(states.map((state) => [placeOf(state.input), state.files]));
    }
    if (request.responseURL && request.responseURL !== location.href) {
      history.pushState(null, "", request.responseURL);
    }
    document.open();
    document.write(request.responseText);
    document.close();
    window.scrollTo(0, 0);
  }

  async function send(form, submitter, states) {
    await Promise.all(states.map((state) => state.ready));
    const fields = new FormData(form);
    if (submitter?.name) fields.append(submitter.name, submitter.value);
    const posted = new URL(form.getAttribute("action") || location.href, location.href).href;
    const request = await post(form, fields, posted);
    const isPage = (request.getResponseHeader("Content-Type") || "").startsWith("text/html");
    if (request.status && request.status < 500 && isPage) return turnTo(request, posted, states);
    tell(form, request.status === 413 ? WORDS.tooLarge : WORDS.failed, "alert");
    form.dispatchEvent(new CustomEvent("notsent", { bubbles: true })); // for keep.js
    return undefined;
  }

  function guard(form, states) {
    let busy = false;
    form.addEventListener("submit", (event) => {
      // A press that keep.js holds back for a moment comes again; an empty form goes by itself.
      if (event.defaultPrevented || !states.some((state) => state.input.files.length)) return;
      event.preventDefault();
      if (busy) return;
      busy = true;
      tell(form, WORDS.preparing, "status");
      send(form, event.submitter, states).finally(() => {
        busy = false;
      });
    });
  }

  const forms = new Map();
  for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
    if (input.form) forms.set(input.form, [...(forms.get(input.form) || []), watch(input)]);
  }
  for (const [form, states] of forms) guard(form, states);
})();
