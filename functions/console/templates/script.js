/* Comfort for the console: keys, notes beside the words they explain, one answer a form. Every page works without it. */
"use strict";

const page = document.body.dataset.page || "";
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* A form is sent once; going back to the page lets it be sent again (the decision's id still makes it one decision). */
for (const form of all("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    for (const button of all("button", form)) button.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of all("button", form)) button.removeAttribute("aria-disabled");
  }
});

/* Single keys can be switched off (WCAG 2.1.4): they get in the way of speech input. */
const KEYS_OFF = "console-keys-off";
const stored = (store, name) => { try { return store.getItem(name); } catch { return null; } };
const store = (where, name, value) => { try { where.setItem(name, value); } catch { /* a browser that keeps nothing */ } };
const keysOn = () => stored(localStorage, KEYS_OFF) !== "yes";
const toggle = one("[data-keys-switch]");
if (toggle) {
  toggle.hidden = false;
  const box = one("input", toggle);
  box.checked = keysOn();
  box.addEventListener("change", () => store(localStorage, KEYS_OFF, box.checked ? "no" : "yes"));
}

const keys = one("[data-keys]");
const helpButton = one("[data-help]");
function showHelp() {
  if (!keys) return;
  let dialog = one("dialog.help");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "help";
    const heading = one("h2", keys);
    heading.id = "keys-heading";
    dialog.setAttribute("aria-labelledby", heading.id);
    const close = document.createElement("button");
    close.textContent = keys.dataset.close;
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    const home = keys.parentElement;
    dialog.addEventListener("close", () => { home.append(keys); helpButton?.focus(); });
    dialog.append(close);
    document.body.append(dialog);
  }
  dialog.prepend(keys);
  dialog.showModal();
}
if (helpButton && keys) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", showHelp);
}

/* The order of the queue as last seen, so that a case knows its neighbours. Ids alone, for this tab alone. */
const ORDER = "console-order";
const links = all("a[data-case]");
if (page === "queue") store(sessionStorage, ORDER, JSON.stringify(links.map((link) => link.dataset.case)));
function neighbour(step) {
  const order = JSON.parse(stored(sessionStorage, ORDER) || "[]");
  const place = order.indexOf(document.body.dataset.case);
  return place < 0 ? undefined : order[place + step];
}
if (page === "case") {
  for (const [name, step] of [["previous", -1], ["next", 1]]) {
    const link = one(`[data-${name}]`), id = neighbour(step);
    if (!link || !id) continue;
    const query = new URLSearchParams(location.search);  // the filters go with it
    for (const gone of ["after", "told", "rest", "show"]) query.delete(gone);
    query.set("id", id);
    link.href = `?${query}`;
    link.hidden = false;
  }
}
function move(step) {
  if (page === "case") {
    const link = one(step > 0 ? "[data-next]" : "[data-previous]");
    if (link && !link.hidden) link.click();
    return;
  }
  if (!links.length) return;
  const place = links.indexOf(document.activeElement);
  const next = links[Math.max(0, Math.min(links.length - 1, place < 0 ? (step > 0 ? 0 : links.length - 1) : place + step))];
  next.focus();
}

/* Looking up leaves what is half written where it is: it opens beside it then. */
function lookUp(event) {
  const link = one("[data-look-up]");
  if (!link) return;
  event.preventDefault();
  if (page === "look-up") return one("#q").focus();
  const writing = all("textarea").some((field) => field.value !== field.defaultValue);
  if (writing) window.open(link.href, "_blank", "noopener");
  else link.click();
}

const press = (selector) => { const button = one(selector); if (button) button.click(); return Boolean(button); };
const inText = (element) => element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
document.addEventListener("keydown", (event) => {
  const form = one("form[data-decide]");
  if (event.repeat && !"jk".includes(event.key)) return;  // a key held down does its work once
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    return one("dialog[open]") ? undefined : form.requestSubmit();
  }
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return lookUp(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keysOn()) return;
  if (one("dialog[open]") || inText(event.target)) return;
  const radios = all("form[data-decide] [name=action]");
  const choice = /^[1-9]$/.test(event.key) ? radios[Number(event.key) - 1] : undefined;
  // With Shift a digit's key types another sign in each layout: its place on the keyboard is what counts.
  const digit = event.shiftKey && !choice ? /^Digit([1-9])$/.exec(event.code) : null;
  if (digit && event.key !== "?") {
    const box = all(`[data-ready="${one("[name=action]:checked")?.value}"] [type=checkbox]`)[Number(digit[1]) - 1];
    if (box) { box.click(); box.focus(); event.preventDefault(); }
    return;
  }
  // The key's place too where a layout has no Latin letters: a Ukrainian keyboard types "о" where "j" is.
  const letter = /^[\x20-\x7e]$/.test(event.key) || event.key.length > 1 ? event.key : (/^Key([A-Z])$/.exec(event.code) || ["", ""])[1].toLowerCase();
  const done = {
    j: () => move(1), k: () => move(-1), n: () => press("[data-take]"), s: () => press("[data-skip]"),
    r: () => one("#reason")?.focus(), p: () => one("#partner")?.focus(), x: () => press("[data-onward]"),
    y: () => press("[data-yes]"), b: () => press("[data-release]"), q: () => press("[data-queue]"), l: () => press("[data-last]"),
    u: () => one("[data-undo]")?.focus(), "?": showHelp,
  }[letter];
  if (choice) { choice.checked = true; choice.focus(); choice.dispatchEvent(new Event("change", { bubbles: true })); }
  else if (done) done();
  else return;
  event.preventDefault();
});

/* The reason is required where the action needs one and no ready-made one is ticked; the server says so as well. */
const deciding = one("form[data-decide]");
if (deciding) {
  const reason = one("#reason"), partner = one("#partner");
  const settle = () => {
    const chosen = one("[name=action]:checked", deciding);
    for (const set of all("[data-ready]", deciding)) {
      set.hidden = !chosen || set.dataset.ready !== chosen.value;
      if (set.dataset.shown !== chosen?.value) set.open = !set.hidden;
      set.dataset.shown = chosen?.value || "";
    }
    if (!chosen) return;
    const ready = one(`[data-ready="${chosen.value}"] :checked`, deciding);
    reason.required = chosen.hasAttribute("data-reason") && !ready;
    if (partner) {
      partner.required = chosen.hasAttribute("data-partner");
      if (!partner.required) partner.value = "";
    }
  };
  deciding.addEventListener("change", settle);
  addEventListener("pageshow", settle);  // a browser that goes back may bring what was chosen
  settle();
}

/* A mark's notes beside the words, on click or focus; without script its number leads to the note. */
if (page === "case" && HTMLElement.prototype.showPopover) {
  const pop = document.createElement("div");
  pop.className = "pop";
  pop.popover = "auto";
  pop.setAttribute("role", "note");
  document.body.append(pop);
  const show = (anchor, numbers) => {
    pop.replaceChildren();
    for (const number of numbers) {
      const note = document.getElementById(`note-${number}`);
      const meaning = note && one(".meaning", note);
      if (!meaning) continue;
      const heading = document.createElement("h3");
      heading.textContent = `${number}. ${one(".sign", note).textContent}: ${one(".strength", note).textContent}`;
      pop.append(heading, meaning.cloneNode(true));
    }
    if (!pop.childElementCount) return;
    const box = anchor.getBoundingClientRect();
    pop.showPopover();
    const left = Math.max(16, Math.min(box.left, innerWidth - pop.offsetWidth - 16));
    const below = box.bottom + 6 + pop.offsetHeight < innerHeight || box.top < pop.offsetHeight + 6;
    pop.style.left = `${left + scrollX}px`;
    pop.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - pop.offsetHeight - 6)}px`;
    for (const shown of all(".notes li.shown")) shown.classList.remove("shown");
    for (const number of numbers) document.getElementById(`note-${number}`)?.classList.add("shown");
  };
  for (const mark of all("mark[data-notes]")) {
    mark.addEventListener("click", () => show(mark, mark.dataset.notes.split(" ")));
  }
  for (const ref of all("a.ref")) {
    const number = ref.hash.replace("#note-", "");
    ref.addEventListener("click", (event) => { event.preventDefault(); show(ref, [number]); });
    ref.addEventListener("focus", () => { if (ref.matches(":focus-visible")) show(ref, [number]); });
    ref.addEventListener("blur", (event) => { if (!pop.contains(event.relatedTarget)) pop.hidePopover(); });
  }
}

/* A link to a note opens it. */
function openTarget() {
  const target = location.hash.startsWith("#note-") && document.getElementById(location.hash.slice(1));
  const details = target && one("details", target);
  if (details) details.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
