// Keeps drafts until they are sent, and lets a form be sent only once. Without scripts the server sees to the latter.
// A draft goes to the server a second after the last letter, and when the page is left; what has not come there yet stays in this tab.
"use strict";
(() => {
  const SAVE_AFTER_MS = 1000;
  const TRY_AGAIN_MS = 10000;

  const address = new URL(location.href);
  const done = document.querySelector("[data-done]") && address.searchParams.get("done");
  const passing = ["done", "reply", "guide", "step"].filter((name) => address.searchParams.has(name));
  if (document.querySelector("[data-draft], [data-done]") && passing.length) {
    for (const name of passing) address.searchParams.delete(name);
    history.replaceState(null, "", address);
  }

  const keepers = [];
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = `lotsen-${form.dataset.whose}-${form.dataset.draft}`; // a tab may change hands when a session is over
    const box = form.querySelector("textarea");
    const note = form.querySelector("[data-draft-note]");
    let timer = 0;
    let unsaved = false;
    let sent = false;
    let leftOver = false;
    let saving = null;

    const save = (leaving) => {
      clearTimeout(timer);
      if (!unsaved || sent || !form.dataset.draftTo) return;
      const text = box.value;
      saving = new AbortController();
      const body = new URLSearchParams({ form: form.elements.form.value, kind: form.dataset.kind, text, quiet: "1", left_over: leftOver ? "1" : "0" });
      fetch(form.dataset.draftTo, { method: "POST", body, keepalive: leaving, redirect: "manual", signal: saving.signal })
        .then((answer) => {
          if (answer.status !== 204 && answer.status !== 205) throw new Error("not saved");
          if (sent || box.value !== text) return;
          if (answer.status === 205 && leftOver) {
            box.value = "";
            box.dispatchEvent(new Event("input"));
            if (note) note.hidden = true;
          }
          unsaved = false;
          clearTimeout(timer);
          sessionStorage.removeItem(key);
        })
        .catch(() => {
          if (!sent) timer = setTimeout(save, TRY_AGAIN_MS);
        });
    };
    const changed = () => {
      unsaved = true;
      sessionStorage.setItem(key, box.value);
      clearTimeout(timer);
      timer = setTimeout(save, SAVE_AFTER_MS);
    };

    if (done && form.dataset.draft.startsWith(done + "-")) sessionStorage.removeItem(key);
    const kept = sessionStorage.getItem(key);
    const putIn = box.dataset.putIn ?? "";
    if (kept !== null && !box.hasAttribute("aria-invalid") && kept !== box.value) {
      box.value = putIn && !kept.includes(putIn) ? `${kept}\n${putIn}`.trim() : kept;
      box.dispatchEvent(new Event("input"));
      if (note && kept) note.hidden = false;
    }
    if (kept !== null || putIn) changed();
    if (kept !== null && !putIn) {
      leftOver = true;
      save(false);
    }
    box.addEventListener("input", (event) => {
      leftOver = leftOver && !event.isTrusted;
      changed();
    });
    keepers.push({ form, save, end: () => { sent = true; clearTimeout(timer); saving?.abort(); }, again: () => { sent = false; } });
  }

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    for (const keeper of keepers) {
      if (keeper.form === event.target) keeper.end();
      else keeper.save(true);
    }
    if (event.target.matches("[data-sign-out]")) sessionStorage.clear();
    if (!event.target.matches("[data-once]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  const saveAll = () => keepers.forEach((keeper) => keeper.save(true));
  window.addEventListener("pagehide", saveAll);
  window.addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
    for (const keeper of keepers) keeper.again();
  });
})();
