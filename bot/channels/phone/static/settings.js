// What the server put in the page, and what this window remembers.

export const settings = JSON.parse(document.getElementById("settings").textContent);
export const words = settings.words;

/** A word with its placeholders filled: say("parts", {n: 2}). */
export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Remembers a value; `storage` is sessionStorage (this tab) or localStorage (this browser). A browser that keeps nothing is no fault. */
export function remember(storage, name, value) {
  try {
    storage.setItem(`lotsen-phone-${name}`, JSON.stringify(value));
  } catch {
    // the page works without, until it is reloaded
  }
}

/** What was remembered, or `otherwise`. */
export function recall(storage, name, otherwise) {
  try {
    return JSON.parse(storage.getItem(`lotsen-phone-${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export const isTelegram = (address) => address.startsWith("tg:");
