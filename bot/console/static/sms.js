// Counts SMS while one writes, by the rules of bot/domain/sms_text.py, which has the last word when the reply is sent.
"use strict";
(() => {
  const BASIC = new Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡" +
      "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
  );
  const EXTENSION = new Set("^{}\\[~]|€\f");
  const REPLACED = new Map();
  for (const c of "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033") REPLACED.set(c, "\"");
  for (const c of "\u2018\u2019\u201a\u201b\u00b4`\u2032\u2039\u203a") REPLACED.set(c, "'");
  for (const c of "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7\u25cf") REPLACED.set(c, "-");
  for (const c of "\u00a0\u202f\u2007\u2009\u2003\u2002\t") REPLACED.set(c, " ");
  for (const c of "\u00ad\u200b\u200c\u200d\ufeff\u2060\ufe0f") REPLACED.set(c, "");
  for (const [c, text] of [
    ["\u2026", "..."], ["\u00d7", "x"], ["\u00bd", "1/2"], ["\u00bc", "1/4"],
    ["\u2192", "->"], ["\u2190", "<-"], ["\u2713", "(ja)"], ["\u2714", "(ja)"], ["\u2717", "(nej)"],
  ]) REPLACED.set(c, text);

  const DEGREES = /[ \u00a0\u202f]?\u00b0[ \u00a0\u202f]?C?(?![a-z])/gu;
  const MIXED_FRACTION = /(?<=\p{Nd})(?=[\u00bc\u00bd])/gu;

  const parts = (costs, single, each) => {
    const total = costs.reduce((sum, cost) => sum + cost, 0);
    if (total <= single) return { n: 1, left: single - total };
    let n = 1;
    let left = each;
    for (const cost of costs) {
      if (cost > left) {
        n += 1;
        left = each;
      }
      left -= cost;
    }
    return { n, left };
  };

  const count = (written) => {
    const whole = written.normalize("NFC").replace(DEGREES, " grader").replace(MIXED_FRACTION, " ");
    const text = [...whole].map((c) => REPLACED.get(c) ?? c).join("").trim();
    const chars = [...text];
    const unusual = [...new Set(chars.filter((c) => !BASIC.has(c) && !EXTENSION.has(c)))];
    const plain = parts(chars.map((c) => (EXTENSION.has(c) ? 2 : 1)), 160, 153);
    if (!unusual.length) return { ...plain, unusual, plain: plain.n };
    return { ...parts(chars.map((c) => c.length), 70, 67), unusual, plain: plain.n };
  };
  window.countSms = count;

  for (const box of document.querySelectorAll("textarea[data-sms]")) {
    const shown = document.getElementById(box.dataset.sms);
    const fill = (words, found) =>
      words.replace("{n}", found.n).replace("{left}", found.left).replace("{plain}", found.plain).replace("{chars}", found.unusual.join(" "));
    const show = () => {
      const found = count((box.dataset.before ?? "") + box.value);
      const dearer = found.n > found.plain ? shown.dataset.unusual : shown.dataset.unusualSame;
      const words = found.unusual.length ? dearer : found.n === 1 ? shown.dataset.one : shown.dataset.many;
      // Read aloud only when the price changes, not at every letter.
      const price = `${found.n}/${found.unusual.length}`;
      shown.setAttribute("aria-live", shown.dataset.price === price ? "off" : "polite");
      shown.dataset.price = price;
      shown.classList.toggle("warning", found.unusual.length > 0);
      shown.textContent = fill(words, found);
    };
    box.addEventListener("input", show);
    show();
  }
})();
