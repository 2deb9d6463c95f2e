// Whose phone it is. Arrow keys move in the list, Enter goes to the box.

import { isTelegram, recall, remember, say, settings, words } from "./settings.js";

const shortNumber = (address) => address.replace(/^\+46(\d\d)(\d{3})(\d\d)(\d\d)$/, "0$1-$2 $3 $4");

export class People {
  /** `chosen(address)` when another phone is taken up; `write()` when the keyboard should go to the box. */
  constructor({ chosen, write, hint, announce }) {
    Object.assign(this, { chosen, write, hint, announce });
    this.form = document.getElementById("people");
    this.list = document.getElementById("persons");
    this.names = new Map(settings.people.map((person) => [person.address, person.name]));
    this.made = recall(sessionStorage, "made", []);
    this.seen = recall(localStorage, "seen", {});
    this.unread = new Set();
    this.made.forEach((address) => this.#add(address));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", (event) => this.#select(event.target.value));
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.type !== "radio") return;
      event.preventDefault();
      this.write();
    });
    this.list.addEventListener("click", (event) => {
      if (event.detail > 0) setTimeout(() => this.write());
    });
    document.getElementById("add")?.addEventListener("click", () => this.#addNew());
  }

  /** Takes up the phone of last time. */
  start() {
    const before = recall(sessionStorage, "person", null);
    const boxes = [...this.form.elements.person ? this.list.querySelectorAll("input") : []];
    const box = boxes.find((other) => other.value === before) ?? boxes[0];
    if (!box) return;
    box.checked = true;
    this.#select(box.value);
  }

  /** `newest` is the last message out to each address that has been used; whoever is not looked at gets a dot. */
  update(newest) {
    for (const address of Object.keys(newest)) if (!this.names.has(address)) this.#add(address);
    for (const [address, last] of Object.entries(newest)) {
      if (address === this.current || (this.seen[address] ?? 0) > last) this.seen[address] = last;
      this.#mark(address, last > (this.seen[address] ?? 0));
    }
    remember(localStorage, "seen", this.seen);
  }

  name(address) {
    return this.names.get(address) ?? address;
  }

  #select(address) {
    this.current = address;
    remember(sessionStorage, "person", address);
    this.chosen(address);
    this.announce(say("writes_as", { n: this.name(address) }));
  }

  #mark(address, unread) {
    const dot = this.#box(address)?.closest("label").querySelector(".dot");
    if (!dot || unread === this.unread.has(address)) return;
    dot.hidden = !unread;
    dot.replaceChildren();
    if (unread) {
      const text = document.createElement("span");
      text.className = "vh";
      text.textContent = words.unread_mark;
      dot.append(text);
      this.unread.add(address);
      this.announce(say("unread", { n: this.name(address) }));
    } else {
      this.unread.delete(address);
    }
  }

  #box(address) {
    return [...this.list.querySelectorAll("input")].find((box) => box.value === address);
  }

  #addNew() {
    const address = settings.free.find((free) => !this.names.has(free));
    if (!address) {
      this.hint(words.all_taken);
      return;
    }
    this.made.push(address);
    remember(sessionStorage, "made", this.made);
    this.#add(address);
    this.#box(address).checked = true;
    this.#select(address);
    this.write();
  }

  #add(address) {
    if (this.names.has(address)) return;
    const name = isTelegram(address) ? address : shortNumber(address);
    this.names.set(address, name);
    const label = this.list.querySelector(isTelegram(address) ? "label:has(input[value^='tg:'])" : "label").cloneNode(true);
    const box = label.querySelector("input");
    box.value = address;
    box.checked = false;
    label.querySelector(".face").textContent = address.slice(-2);
    label.querySelector("b").textContent = name;
    label.querySelector(".about-person").textContent = words.new_person;
    label.querySelector(".dot").hidden = true;
    label.querySelector(".dot").replaceChildren();
    this.list.append(label);
  }
}
