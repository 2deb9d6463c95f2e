// The conversation on the screen. Only what is new is added, so that a screen reader says it once and nothing jumps.

import { say, settings, words } from "./settings.js";

const TIME_ZONE = "Europe/Stockholm";
const LOCALE = settings.lang === "sv" ? "sv-SE" : "en-GB";
const clock = new Intl.DateTimeFormat(LOCALE, { timeZone: TIME_ZONE, hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat("sv-SE", { timeZone: TIME_ZONE });
const longDate = new Intl.DateTimeFormat(LOCALE, { timeZone: TIME_ZONE, weekday: "long", day: "numeric", month: "long" });
const ICONS = { photo: "photo", voice: "voice", sticker: "sticker", location: "pin", contact: "person", other: "clip" };
const SHORT_BUTTON = 14;
const NEAR_END_PX = 120;

export const timeOf = (at) => clock.format(new Date(at));

export class Log {
  /** `press(bubble, index)` when a button under a message is pressed. */
  constructor(element, press) {
    this.element = element;
    this.press = press;
    this.shown = new Map();
  }

  /** Another phone is taken up: nothing of the old one stays, and the history is not read aloud. */
  clear() {
    this.element.setAttribute("aria-live", "off");
    this.element.replaceChildren();
    this.shown.clear();
    this.fresh = true;
  }

  /** Shows `bubbles`, then what is still on its way (`waiting`). `now` is the server's time. */
  show(bubbles, waiting, now) {
    const atEnd = this.#isAtEnd();
    const known = new Set(bubbles.map((bubble) => bubble.key));
    const pending = waiting.filter((item) => !known.has(item.key)).map((item) => ({ ...item, at: item.state === "sent" ? now : item.at, author: "resident", pending: item.state, segments: 0, buttons: [], removed: [], status: "" }));
    const all = [...bubbles, ...pending];
    const pressed = new Set(all.map((bubble) => bubble.key).filter((key) => key?.startsWith("press-")));
    const labels = new Map(all.flatMap((bubble) => bubble.buttons.map((button, i) => [pressKey(bubble, i), button.label])));
    const wanted = new Map();
    for (const bubble of all) {
      const day = date.format(new Date(bubble.pending ? now : bubble.at));
      if (!wanted.has(`day-${day}`)) wanted.set(`day-${day}`, (line) => dayLine(line, day, bubble.pending ? now : bubble.at, now));
      const shown = labels.has(bubble.key) ? { ...bubble, text: labels.get(bubble.key) } : bubble;
      wanted.set(bubble.key || bubble.id, (row) => this.#row(row, shown, pressed));
    }
    if (!all.length) wanted.set("empty", (row) => row ?? make("p", "empty", words.empty));
    const added = this.#lay(wanted);
    if (this.fresh || (added && (atEnd || all.at(-1)?.author === "resident"))) this.#toEnd();
    if (this.fresh && bubbles) this.#listen();
  }

  /** The newest text of one's own, for editing. */
  static lastOwn(bubbles) {
    return bubbles.findLast((bubble) => bubble.author === "resident" && (bubble.kind === "text" || bubble.kind === "edit") && !bubble.key.startsWith("press-"));
  }

  #lay(wanted) {
    for (const [id, element] of this.shown) {
      if (!wanted.has(id)) {
        element.remove();
        this.shown.delete(id);
      }
    }
    let here = this.element.firstChild;
    let added = false;
    for (const [id, draw] of wanted) {
      const before = this.shown.get(id);
      const element = draw(before) ?? before;
      this.shown.set(id, element);
      if (element === here) {
        here = here.nextSibling;
      } else {
        if (before && before !== element) before.remove();
        this.element.insertBefore(element, here?.isConnected ? here : null);
        added = true;
      }
    }
    return added;
  }

  #row(row, bubble, pressed) {
    const look = JSON.stringify([bubble, bubble.buttons.map((_, i) => pressed.has(pressKey(bubble, i)))]);
    if (row?.look === look) return row;
    const mine = bubble.author === "resident" || bubble.author === "relative";
    const target = row ?? make("div", `row ${mine ? "mine" : "theirs"}`);
    if (row && target.said === bubble.text && target.kind === bubble.kind && !bubble.buttons.length) {
      describe(target.querySelector(".meta"), bubble); // a changed text is not read aloud, a new element would be
    } else {
      target.replaceChildren(body(bubble, mine));
      if (bubble.buttons.length) target.append(this.#buttons(bubble, pressed));
    }
    target.look = look;
    target.said = bubble.text;
    target.kind = bubble.kind;
    return target;
  }

  #buttons(bubble, pressed) {
    const group = make("div", "buttons");
    const wide = bubble.buttons.some((button) => button.label.length > SHORT_BUTTON);
    bubble.buttons.forEach((button, index) => {
      const chosen = pressed.has(pressKey(bubble, index));
      const element = make("button", `${wide ? "wide" : ""} ${chosen ? "pressed" : ""}`, button.label);
      element.type = "button";
      if (chosen) element.append(make("span", "vh", ` (${words.chosen})`));
      element.addEventListener("click", (event) => {
        // The conversation moves up at the first click, so the second of a double click would hit another button.
        if (event.detail < 2) this.press(bubble, index);
      });
      group.append(element);
    });
    return group;
  }

  #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #listen() {
    this.fresh = false;
    requestAnimationFrame(() => this.element.setAttribute("aria-live", "polite"));
  }
}

/** The key of a pressed button: the same one of the same message, pressed again, is the same message. */
export const pressKey = (bubble, index) => `press-${bubble.id}-${index}`;

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className.trim();
  if (text !== undefined) element.textContent = text;
  return element;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function dayLine(line, day, at, now) {
  const yesterday = date.format(new Date(new Date(now) - 86400000));
  const text = day === date.format(new Date(now)) ? words.today : day === yesterday ? words.yesterday : longDate.format(new Date(at));
  const element = line ?? make("p", "day");
  if (element.textContent !== text) element.textContent = text;
  return element;
}

function body(bubble, mine) {
  const whole = make("div", "bubble");
  const author = mine ? words.you : words[bubble.author] ?? words.bot;
  const visible = bubble.author === "handledare" || bubble.author === "duty";
  whole.append(make(visible ? "p" : "span", visible ? "who-wrote" : "vh", visible ? author : `${author}: `));
  if (ICONS[bubble.kind]) {
    const picture = make("div", `picture ${bubble.kind}`);
    picture.append(icon(ICONS[bubble.kind]), make("span", "", words[bubble.kind]));
    whole.append(picture);
  }
  const text = bubble.kind === "start" ? words.start : bubble.text;
  if (text || !ICONS[bubble.kind]) {
    const said = make("p", "text", text || "\u00a0");
    said.dir = "auto";
    whole.append(said);
  }
  if (bubble.removed.length) whole.append(make("p", "removed", say("removed", { what: bubble.removed.join(", ") })));
  whole.append(describe(make("p", ""), bubble));
  return whole;
}

function describe(element, bubble) {
  const failed = bubble.status === "failed" || bubble.status === "undelivered";
  element.className = failed ? "meta bad" : "meta";
  element.textContent = bubble.pending ? (bubble.pending === "waiting" ? words.waiting : words.sending) : facts(bubble).join(" · ");
  return element;
}

function facts(bubble) {
  const parts = [timeOf(bubble.at)];
  if (bubble.segments) parts.push(bubble.segments === 1 ? words.one_part : say("parts", { n: bubble.segments }));
  if (bubble.kind === "edit") parts.push(words.edited);
  if (bubble.key.startsWith("press-")) parts.push(words.pressed);
  if (bubble.status) parts.push(words[bubble.status] ?? bubble.status);
  if (bubble.author === "handledare") parts.push(words.from_person);
  return parts;
}
