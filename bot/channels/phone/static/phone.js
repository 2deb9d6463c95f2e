// Puts the phone together: asks the server for the screen again and again, and shows what it says.

import { Compose } from "./compose.js";
import { Log, pressKey, timeOf } from "./log.js";
import { People } from "./people.js";
import { Queue } from "./queue.js";
import { Away, readScreen } from "./server.js";
import { isTelegram, say, words } from "./settings.js";

const OFTEN_MS = 700;
const SELDOM_MS = 4000;
const byId = (id) => document.getElementById(id);
const announce = (text) => (byId("said").textContent = text);

let address = "";
let mark = "";
let bubbles = null;
let now = new Date().toISOString();
let timer = 0;
let asking = false;
let again = false;
let wasAway = false;

const log = new Log(byId("log"), (bubble, index) => {
  send({ kind: "text", text: bubble.buttons[index].says, pressed: true, key: pressKey(bubble, index) });
});
const compose = new Compose({ send, lastOwn: () => Log.lastOwn(bubbles ?? []) });
const queue = new Queue({ changed: draw, taken: soon, refused });
const people = new People({ chosen: take, write: () => compose.focus(), hint: (text) => compose.hint(text), announce });

function send(message) {
  const receiver = !isTelegram(address) && byId("receiver") ? { receiver: byId("receiver").value } : {};
  queue.add({ key: crypto.randomUUID(), address, ...receiver, ...message });
}

function refused(message, error) {
  if (message.address === address && message.kind === "text" && !message.pressed && !byId("text").value) compose.fill(message.text);
  compose.hint(error.code === "too_long" ? say("too_long", { n: [...message.text].length - 1 }) : say("refused", { what: error.code }));
}

function take(next) {
  address = next;
  mark = "";
  bubbles = null;
  byId("phone").dataset.channel = isTelegram(address) ? "telegram" : "sms";
  byId("typing").hidden = true;
  compose.become(address);
  log.clear();
  soon();
}

function soon() {
  again = true;
  clearTimeout(timer);
  if (!asking) refresh();
}

async function refresh() {
  asking = true;
  again = false;
  const asked = address;
  const arrived = new Set(queue.items.filter((item) => item.state === "sent").map((item) => item.key));
  try {
    const screen = await readScreen(asked, mark);
    if (asked === address) see(screen, arrived);
    away(null);
  } catch (error) {
    away(error);
  }
  asking = false;
  timer = setTimeout(refresh, again ? 0 : document.hidden ? SELDOM_MS : OFTEN_MS);
}

function see(screen, arrived) {
  const first = bubbles === null;
  now = screen.now;
  byId("clock").textContent = timeOf(now);
  queue.forget(arrived);
  if (screen.changed) {
    ({ mark, bubbles } = screen);
    byId("typing").hidden = !screen.answering;
    people.update(screen.newest);
  }
  if (first) openTry();
  if (first && byId("receiver")) {
    const last = bubbles.findLast((bubble) => bubble.receiver)?.receiver;
    const known = [...byId("receiver").options].some((option) => option.value === last);
    byId("receiver").selectedIndex = 0;
    if (known) byId("receiver").value = last;
  }
  draw();
}

function draw() {
  if (bubbles) log.show(bubbles, queue.of(address), now);
}

function openTry() {
  byId("try").open = !bubbles.length || window.matchMedia("(min-width: 46rem) and (min-height: 50rem)").matches;
}

function away(error) {
  const box = byId("away");
  if (error) {
    const text = error instanceof Away ? words.away : words.gone;
    if (box.textContent !== text) box.textContent = text;
    box.hidden = false;
  } else if (wasAway) {
    box.hidden = true;
    box.textContent = "";
    announce(words.back);
  }
  wasAway = Boolean(error);
}

byId("log").addEventListener("click", (event) => {
  if (event.target.closest(".buttons")) compose.focus();
});
document.addEventListener("visibilitychange", soon);
people.start();
queue.run();
if (window.matchMedia("(min-width: 46rem)").matches) compose.focus();
