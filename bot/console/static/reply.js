// Keeps drafts in this tab until they are sent, and lets a form be sent only once. Without scripts the server sees to the latter.
"use strict";
(() => {
  const done = document.querySelector("[data-done]")?.dataset.done;
  if (done) {
    const address = new URL(location.href);
    address.searchParams.delete("done");
    history.replaceState(null, "", address);
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = "lotsen-" + form.dataset.draft;
    const box = form.querySelector("textarea");
    if (done && form.dataset.draft.startsWith(done + "-")) sessionStorage.removeItem(key);
    const kept = sessionStorage.getItem(key);
    if (kept && !box.value) {
      box.value = kept;
      box.dispatchEvent(new Event("input"));
      const note = form.querySelector("[data-draft-note]");
      if (note) note.hidden = false;
    }
    box.addEventListener("input", () => {
      if (box.value) sessionStorage.setItem(key, box.value);
      else sessionStorage.removeItem(key);
    });
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) sessionStorage.clear();
    if (!event.target.matches("[data-once]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  });
})();
