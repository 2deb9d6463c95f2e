// Listens for "something changed" and has htmx fetch the changed part. What is being written stands outside of that part.
// Survives sleep, lost networks and restarts of the server: whoever comes back asks how things stand, fetches what was missed, and listens again.
"use strict";
(() => {
  const root = document.getElementById("live");
  if (!root || !window.EventSource) return;
  const SILENT_MS = 40000; // the server gives a sign of life every 15 seconds
  const TICK_MS = 5000;
  const SLEPT_MS = 15000; // a tick that comes so late was slept through
  const FIRST_MS = 1000;
  const LONGEST_MS = 30000;
  const LOOK_MS = 8000;
  const words = root.dataset;
  const SPREAD_MS = words.live.includes("case=") ? 0 : 300;
  const note = document.getElementById("live-note");
  const title = document.title.replace(/^\([^)]*\) /, "");
  const alarms = document.getElementById("alarms");

  let source = null;
  let timer = 0;
  let tries = 0;
  let looking = false;
  let ended = false;
  let away = false;
  let heard = Date.now();
  let ticked = Date.now();
  let shown = words.version; // what the page shows
  let fetching = null; // what it is about to show
  let held = false; // until the page is seen
  let spread = 0;

  const say = (text) => {
    note.textContent = text.replace("{time}", new Date().toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm" }));
  };

  // ---- What is told
  const urgency = (() => {
    const KEY = "lotsen-newest-urgent";
    const told = document.getElementById("live-urgent");
    const button = document.getElementById("live-sound");
    const state = button.querySelector("span");
    const wait = document.getElementById("live-sound-wait");
    let before = { urgent: Number(words.urgent), newest: Number(words.newestUrgent) };
    let on = false;
    let context = null;

    const kept = (key) => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    };
    const keep = (key, value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        // A browser that keeps nothing starts anew on each page.
      }
    };
    const play = () => {
      if (!context || context.state !== "running") return;
      for (const [tone, after] of [[880, 0], [1175, 0.18]]) {
        const at = context.currentTime + after;
        const voice = context.createOscillator();
        const volume = context.createGain();
        voice.frequency.value = tone;
        volume.gain.setValueAtTime(0, at);
        volume.gain.linearRampToValueAtTime(0.2, at + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
        voice.connect(volume).connect(context.destination);
        voice.start(at);
        voice.stop(at + 0.36);
      }
      root.dataset.played = String(Number(root.dataset.played || 0) + 1);
    };
    // Browsers let no page sound before somebody has touched it.
    const wake = () => {
      if (!on || !window.AudioContext) return;
      context = context || new AudioContext();
      context.resume().then(show, show);
    };
    const show = () => {
      button.setAttribute("aria-pressed", String(on));
      state.textContent = on ? state.dataset.on : state.dataset.off;
      wait.textContent = on && context && context.state !== "running" ? wait.dataset.wait : "";
    };
    const isNew = (now) => now.urgent > 0 && (now.urgent > before.urgent || now.newest > before.newest);
    const announce = (now) => {
      told.textContent = (now.urgent === 1 ? words.urgentOne : words.urgentMany).replace("{n}", now.urgent);
      const otherTab = now.newest > before.newest && Number(kept(KEY)) >= now.newest; // one tab sounds, not all of them
      keep(KEY, now.newest);
      if (on && !otherTab) play();
    };

    if (window.AudioContext) {
      on = kept("lotsen-sound") === "on";
      button.hidden = false;
      if (on) {
        context = new AudioContext();
        context.onstatechange = show;
      }
      show();
      for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, wake, { once: true });
      button.addEventListener("click", () => {
        on = !on;
        keep("lotsen-sound", on ? "on" : "off");
        if (!on) return show();
        context = context || new AudioContext();
        context.resume().then(() => {
          show();
          play();
        }, show);
        return show();
      });
    }
    const last = kept(KEY);
    if (last !== null && before.newest > Number(last)) {
      const now = before;
      before = { urgent: 0, newest: Number(last) };
      keep(KEY, last);
      announce(now); // it came while one went from one page to another
      before = now;
    } else {
      keep(KEY, Math.max(before.newest, Number(last)));
    }
    return (now) => {
      if (isNew(now)) announce(now);
      else if (!now.urgent) told.textContent = "";
      before = { urgent: now.urgent, newest: Math.max(now.newest, before.newest) };
      document.title = (now.urgent ? words.badge.replace("{n}", now.urgent) + " " : "") + title;
    };
  })();

  const take = (state) => {
    heard = Date.now();
    words.state = "listening";
    tries = 0;
    const wasAway = away;
    away = false;
    if (wasAway) say(words.back);
    urgency({ urgent: state.urgent, newest: state.newest_urgent });
    const awaits = document.getElementById("awaits");
    if (awaits) {
      awaits.hidden = !state.waiting;
      awaits.firstElementChild.textContent = state.waiting;
    }
    if (alarms) {
      alarms.hidden = !state.alarmed;
      alarms.querySelector("strong").textContent = (state.alarmed === 1 ? alarms.dataset.one : alarms.dataset.many).replace("{n}", state.alarmed);
    }
    if (state.version !== (fetching || shown) || wasAway) refresh(state.version);
  };
  // A page that nobody sees fetches nothing until it is seen; and not all queues fetch at once, so that an open case gets its message before them.
  const refresh = (version) => {
    fetching = version;
    held = document.visibilityState !== "visible";
    clearTimeout(spread);
    if (!held) spread = setTimeout(() => htmx.trigger(document.body, "changed"), Math.random() * SPREAD_MS);
  };

  // ---- Staying in touch
  const hangUp = () => {
    if (source) source.close();
    source = null;
  };
  const end = (why) => {
    ended = true;
    words.state = "over";
    hangUp();
    clearTimeout(timer);
    note.textContent = "";
    const over = document.getElementById("live-over");
    over.querySelector("span").textContent = over.querySelector("span").dataset[why];
    for (const link of over.querySelectorAll("a")) link.hidden = !(why in link.dataset);
    over.hidden = false;
  };
  const lost = () => {
    if (ended) return;
    hangUp();
    if (!away) say(words.away);
    away = true;
    words.state = "away";
    clearTimeout(timer);
    const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * (0.5 + Math.random());
    tries += 1;
    timer = setTimeout(look, pause);
  };
  const listen = () => {
    hangUp();
    const mine = new EventSource(words.live);
    source = mine;
    const ours = (handle) => (event) => {
      if (source !== mine) return;
      heard = Date.now();
      handle(JSON.parse(event.data));
    };
    mine.addEventListener("changed", ours(take));
    mine.addEventListener("still", ours(() => {}));
    mine.addEventListener("away", ours(() => {
      if (!away) say(words.away);
      away = true;
    }));
    mine.addEventListener("over", ours((state) => end(state.why)));
    mine.addEventListener("error", () => {
      if (source === mine) lost();
    });
  };
  // Asks once how things stand. Unlike the stream it tells why it does not answer.
  const look = async () => {
    if (ended || looking) return;
    looking = true;
    clearTimeout(timer);
    try {
      const asked = words.live + (words.live.includes("?") ? "&" : "?") + "once=true";
      const answer = await fetch(asked, { cache: "no-store", signal: AbortSignal.timeout(LOOK_MS), redirect: "manual" });
      if (answer.status === 401 || answer.type === "opaqueredirect") end("session");
      else if (answer.status === 404) end("gone");
      else if (!answer.ok) lost();
      else {
        take(await answer.json());
        listen();
      }
    } catch {
      lost();
    } finally {
      looking = false;
    }
  };
  const lookAtOnce = () => {
    tries = 0;
    look();
  };

  window.addEventListener("online", lookAtOnce);
  window.addEventListener("offline", lost);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || ended) return;
    if (away || !source || Date.now() - heard > SLEPT_MS) lookAtOnce();
    if (held) refresh(fetching);
  });
  setInterval(() => {
    const slept = Date.now() - ticked > SLEPT_MS && document.visibilityState === "visible";
    ticked = Date.now();
    if (ended) return;
    if (slept) lookAtOnce();
    else if (source && Date.now() - heard > SILENT_MS) lost();
  }, TICK_MS);
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // ---- The part that htmx fetches
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401 || status === 404) {
      event.preventDefault(); // what is being written stays where it is
      end(status === 401 ? "session" : "gone");
    }
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    if (fetching === null) return;
    const news = fetching.split("|")[0] !== shown.split("|")[0]; // after the bar stands who else looks, which is no news of the case
    shown = fetching;
    fetching = null;
    if (news) say(words.updated);
  });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(failure, () => {
      fetching = null;
      lost();
    });
  }
  listen();
})();
