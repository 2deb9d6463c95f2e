// The two requests of the page. Rule: Away means that trying again may help, Refused that it cannot.

const PATIENCE_MS = 8000;

export class Away extends Error {}

export class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** The screen of an address; {changed: false} when it is still as it was at the mark `after`. */
export function readScreen(address, after) {
  return ask(`/phone/messages?${new URLSearchParams({ address, after })}`, {});
}

/** Sends one message. The same key twice is one message. */
export function sendMessage(message) {
  const headers = { "Content-Type": "application/json", "X-Lotsen-Phone": "1" };
  return ask("/phone/messages", { method: "POST", headers, body: JSON.stringify(message) });
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    throw new Away(error.message);
  }
  if (response.status >= 500) throw new Away(String(response.status));
  try {
    const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (!response.ok) throw new Refused(response.status, answer.error ?? String(response.status));
    return answer;
  } catch (error) {
    throw error instanceof Refused ? error : new Away(error.message);
  }
}
