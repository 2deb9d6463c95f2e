// Beside the reply box: says that the case is open here, counts the seconds in which a reply can be taken back, puts ready words in.
"use strict";
(() => {
  const SAY_EVERY_MS = 15000;
  const TYPES_EVERY_MS = 5000;

  // Who else is there
  const there = document.querySelector("[data-presence]");
  if (there) {
    let typed = -TYPES_EVERY_MS;
    const say = (types) => {
      const body = new URLSearchParams({ form: there.dataset.form, types: types ? "1" : "0" });
      fetch(there.dataset.presence, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
    };
    setInterval(() => document.hidden || say(false), SAY_EVERY_MS);
    document.addEventListener("visibilitychange", () => document.hidden || say(false));
    for (const box of document.querySelectorAll("form[data-draft] textarea")) {
      box.addEventListener("input", (event) => {
        if (!event.isTrusted || performance.now() - typed < TYPES_EVERY_MS) return;
        typed = performance.now();
        say(true);
      });
    }
    // The same words again are no news, and must not be read aloud again.
    document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
      const { target, fragment } = event.detail;
      if (!["presence", "sending", "reply-state"].includes(target.id)) return;
      const words = (root) => [...root.querySelectorAll("p, form")].map((part) => part.id + part.textContent.replace(/\d+ s/, "").trim()).join("\n");
      if (words(target) === words(fragment)) event.detail.shouldSwap = false;
    });
  }

  // Taking back
  const ends = new WeakMap();
  setInterval(() => {
    for (const form of document.querySelectorAll("[data-left]")) {
      if (!ends.has(form)) ends.set(form, performance.now() + 1000 * form.dataset.left);
      const left = Math.ceil((ends.get(form) - performance.now()) / 1000);
      const shown = form.querySelector(".left");
      const words = shown.dataset.words.replace("{n}", left);
      if (left > 0) {
        if (shown.textContent !== words) shown.textContent = words;
      } else if (!form.dataset.sent) {
        const held = form.contains(document.activeElement);
        form.remove();
        if (held) (document.getElementById("reply-text") ?? document.getElementById("latest"))?.focus();
      }
    }
  }, 200);

  // A case that became ours while it was open has its reply box only when the page is fetched anew.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || link.hash.length < 2 || document.querySelector(link.hash)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    location.reload();
  });

  // Ready words
  for (const form of document.querySelectorAll("form[data-put-into]")) {
    form.addEventListener("submit", (event) => {
      const chosen = form.querySelector("select").selectedOptions[0];
      const box = document.getElementById(form.dataset.putInto);
      if (!box) return;
      event.preventDefault();
      const words = chosen.dataset.text;
      box.focus();
      if (!words) return;
      const before = box.value.slice(0, box.selectionStart);
      const after = box.value.slice(box.selectionEnd);
      const text = (before && !/\s$/.test(before) ? " " : "") + words + (after && !/^\s/.test(after) ? " " : "");
      // The old way, since only it lets Ctrl+Z take the words away again.
      if (!document.execCommand("insertText", false, text)) {
        box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  }
})();
