// Keyboard shortcuts. Single keys can be turned off (WCAG 2.1.4), never act while somebody writes in a field, and leave every key with Ctrl, Alt or Cmd
// to the browser and to screen readers, but for Ctrl or Cmd + Enter in a text.
"use strict";
(() => {
  const STORE = "lotsen-keys";
  const NEXT_KEY_MS = 1500;
  const WRITES = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])";
  const PLACES = { r: "#reply-text", n: "#note-text", i: "#ready" };
  const PAGES = { k: "/console", m: "/console?view=mine" };
  const TAKE = "#claim, .act-bar form[action$='/claim'] button";
  const SEARCH = "main input[type=search], .top input[type=search]";
  const SEARCH_PAGE = "/console/search";

  const dialog = document.getElementById("keys");
  let awaited = 0;

  const isOn = () => {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return true;
    }
  };
  const keep = (on) => {
    try {
      localStorage.setItem(STORE, on ? "on" : "off");
    } catch {
      // A browser that keeps nothing keeps the keys on.
    }
  };

  const seen = (selector) => [...document.querySelectorAll(selector)].find((found) => found.checkVisibility() || found.closest("details:not([open])"));
  const go = (selector) => {
    const found = seen(selector);
    if (!found) return false;
    for (let folded = found.closest("details:not([open])"); folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    found.focus();
    found.scrollIntoView({ block: "nearest" });
    return true;
  };

  const inList = () => [...document.querySelectorAll("main a[id^='case-']")].filter((link) => link.checkVisibility());
  const move = (by) => {
    const links = inList();
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement);
    const wanted = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
    links[wanted].focus();
    return true;
  };

  // What a colleague has is never taken over by a single key: the button gets the focus and waits for Enter.
  const take = () => {
    const button = seen(TAKE);
    if (!button) return false;
    if (button.form?.elements.take_over) button.focus();
    else button.click();
    return true;
  };

  const search = () => {
    if (!go(SEARCH)) location.assign(SEARCH_PAGE);
    return true;
  };

  const act = (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const second = Date.now() - awaited < NEXT_KEY_MS;
    awaited = 0;
    if (second && PAGES[key]) {
      location.assign(PAGES[key]);
      return true;
    }
    if (key in PLACES) return go(PLACES[key]);
    switch (key) {
      case "g":
        awaited = Date.now();
        return true;
      case "j":
        return move(1);
      case "k":
        return move(-1);
      case "ArrowDown":
      case "ArrowUp":
        return inList().includes(document.activeElement) && move(key === "ArrowDown" ? 1 : -1);
      case "t":
        return !event.repeat && take();
      case "/":
        return search();
      case "?":
        if (dialog) dialog.showModal();
        else return false;
        return true;
    }
    return false;
  };

  const whileWriting = (event) => {
    if (event.key === "Escape" && event.target.matches("textarea, input")) event.target.blur();
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("form[data-draft] textarea");
    if (!sends || event.repeat) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.(WRITES)) {
      whileWriting(event);
      return;
    }
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event)) event.preventDefault();
  });

  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const choice of document.querySelectorAll(".keys-choice")) {
    const tick = choice.querySelector(".keys-switch");
    choice.hidden = false;
    tick.checked = isOn();
    tick.addEventListener("change", () => keep(tick.checked));
  }
})();
