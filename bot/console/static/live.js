// Listens for "something changed" and has htmx fetch the changed part. What is being written stands outside of that part.
"use strict";
(() => {
  const root = document.getElementById("live");
  if (!root || !window.EventSource) return;
  const note = document.getElementById("live-note");
  const title = document.title.replace(/^\([^)]*\) /, "");
  let version = root.dataset.version;
  let away = false;
  let announce = false;

  const say = (words) => {
    note.textContent = words.replace("{time}", new Date().toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm" }));
  };
  const badge = (urgent) => {
    document.title = (urgent ? root.dataset.badge.replace("{n}", urgent) + " " : "") + title;
  };

  const source = new EventSource(root.dataset.live);
  source.addEventListener("changed", (event) => {
    const state = JSON.parse(event.data);
    badge(state.urgent);
    if (away) say(root.dataset.back);
    away = false;
    if (state.version === version) return;
    version = state.version;
    announce = true;
    htmx.trigger(document.body, "changed");
  });
  const lost = () => {
    if (!away) say(root.dataset.away);
    away = true;
  };
  source.addEventListener("error", lost);
  source.addEventListener("away", lost);
  source.addEventListener("over", () => source.close());
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    if (announce) say(root.dataset.updated);
    announce = false;
  });
})();
