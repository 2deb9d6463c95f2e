// Messages on their way to the server: one at a time, in order, each with the key it was written with, so that trying again never doubles.

import { Away, sendMessage } from "./server.js";
import { recall, remember } from "./settings.js";

const AGAIN_MS = 1000;

export class Queue {
  /** `changed()` after every step; `refused(message, error)` for one that was not taken; `taken(message)` for one that was. */
  constructor({ changed, refused, taken }) {
    Object.assign(this, { changed, refused, taken });
    this.items = recall(sessionStorage, "queue", []);
    this.running = false;
  }

  add(message) {
    if (this.items.some((item) => item.key === message.key)) return;
    this.items.push({ ...message, at: new Date().toISOString(), state: "sending" });
    this.#keep();
    this.run();
  }

  /** Those of an address, in order. */
  of(address) {
    return this.items.filter((item) => item.address === address);
  }

  /** Forgets messages that the server has: they are on the screen now. */
  forget(keys) {
    this.items = this.items.filter((item) => item.state !== "sent" || !keys.has(item.key));
  }

  async run() {
    if (this.running) return;
    this.running = true;
    for (let next; (next = this.items.find((item) => item.state !== "sent")); ) await this.#send(next);
    this.running = false;
  }

  async #send(item) {
    const { state, at, ...message } = item;
    try {
      await sendMessage(message);
      item.state = "sent";
      this.taken(item);
    } catch (error) {
      if (error instanceof Away) {
        item.state = "waiting";
        this.changed();
        await new Promise((done) => setTimeout(done, AGAIN_MS));
        return;
      }
      this.items = this.items.filter((other) => other !== item);
      this.refused(item, error);
    }
    this.#keep();
  }

  /** A picture is too large for what a tab remembers, so that it does not outlive a reload while it waits. */
  #keep() {
    remember(sessionStorage, "queue", this.items.filter((item) => item.state !== "sent" && !item.file));
    this.changed();
  }
}
