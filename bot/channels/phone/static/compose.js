// The box one writes in, the suggestions above it, and the paperclip's menu.

import { isTelegram, say, settings, words } from "./settings.js";

const byId = (id) => document.getElementById(id);

export class Compose {
  /** `send({text, kind, ...})` when something is to be sent; `lastOwn()` gives the text that can be edited, or undefined. */
  constructor({ send, lastOwn }) {
    Object.assign(this, { send, lastOwn });
    this.box = byId("text");
    this.drafts = new Map();
    this.editing = false;
    byId("compose").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("input", () => this.#typed());
    byId("try").addEventListener("click", (event) => {
      if (event.target.matches(".chip")) this.fill(event.target.textContent);
    });
    byId("attach").addEventListener("click", () => this.#open(byId("attachments").hidden));
    byId("attachments").addEventListener("click", (event) => this.#attach(event.target.closest("button")));
    byId("picture").addEventListener("change", () => this.#picture());
    byId("stop-editing").addEventListener("click", () => this.#edit(false));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#escape();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("#attachments, #attach")) this.#open(false);
    });
  }

  /** Another phone: its own draft, its own limits. */
  become(address) {
    if (this.address) this.drafts.set(this.address, this.editing ? "" : this.box.value);
    this.address = address;
    this.editing = false;
    byId("editing").hidden = true;
    this.#open(false);
    this.hint("");
    this.box.value = this.drafts.get(address) ?? "";
    this.#grow();
  }

  fill(text) {
    this.box.value = text;
    this.hint("");
    this.#grow();
    this.focus();
  }

  focus() {
    const phone = byId("phone");
    const fits = phone.offsetHeight <= window.innerHeight;
    this.box.focus({ preventScroll: fits });
    if (fits) phone.scrollIntoView({ block: "nearest" });
  }

  hint(text) {
    byId("hint").textContent = text;
  }

  #submit() {
    const text = this.box.value;
    if (!text.trim()) {
      this.focus();
      return;
    }
    const kind = this.editing ? "edit" : "text";
    this.#edit(false);
    this.send({ kind, text });
    this.fill("");
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) this.#submit();
  }

  #typed() {
    const longest = settings.longest[isTelegram(this.address) ? "telegram" : "sms"];
    const characters = [...this.box.value];
    if (characters.length > longest) {
      this.box.value = characters.slice(0, longest).join("");
      this.hint(say("too_long", { n: longest.toLocaleString(settings.lang) }));
    } else {
      this.hint("");
    }
    this.#grow();
  }

  #grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 2}px`;
  }

  #open(open) {
    byId("attachments").hidden = !open;
    byId("attach").setAttribute("aria-expanded", String(open));
    if (open) byId("attachments").querySelector("button").focus();
  }

  #attach(button) {
    if (!button) return;
    const { kind, text = "", latitude, longitude } = button.dataset;
    this.#open(false);
    if (kind === "picture") {
      byId("picture").click();
    } else if (kind === "edit") {
      this.#edit(true);
    } else if (kind === "photo") {
      this.send({ kind, text: this.box.value });
      this.fill("");
    } else {
      const place = kind === "location" ? { latitude: Number(latitude), longitude: Number(longitude) } : {};
      this.send({ kind, text, ...place });
    }
    this.focus();
  }

  /** Sends the picture that was chosen, with what stands in the box as its caption. It goes to whoever's phone this is now. */
  async #picture() {
    const [chosen] = byId("picture").files;
    byId("picture").value = "";
    if (!chosen) return;
    if (chosen.size > settings.longest_file) {
      this.hint(say("too_large", { n: settings.longest_file / 1024 / 1024 }));
      return;
    }
    const address = this.address;
    const text = this.box.value;
    this.fill("");
    try {
      this.send({ kind: "photo", text, address, file: await inBase64(chosen) });
    } catch {
      this.hint(words.unread_file);
    }
  }

  #edit(on) {
    const last = on ? this.lastOwn() : undefined;
    if (on && !last) {
      this.hint(words.nothing_to_edit);
      return;
    }
    if (on || this.editing) this.fill(last?.text ?? "");
    this.editing = on;
    byId("editing").hidden = !on;
  }

  #escape() {
    if (!byId("attachments").hidden) {
      this.#open(false);
      byId("attach").focus();
    } else if (this.editing) {
      this.#edit(false);
    }
  }
}

function inBase64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(file);
  });
}
