// The line to the site: the list comes over it, the scans go. It breaks and returns by itself; nobody switches anything.

const TIMEOUT = 15_000; // milliseconds until a silent line counts as broken
const EVERY = 20_000; // milliseconds between two looks at a line that is well
const WAITS = [2_000, 4_000, 8_000, 15_000, EVERY]; // milliseconds between tries on one that is not
const LIST_AGE = 60_000; // milliseconds after which the list is asked for again
const MOST = 100; // scans in one request
const MOST_ASIDE = 3; // scans that the site stumbles over until the others wait as well

function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the page of a network that wants a password first
  }
}

export class Line extends EventTarget {
  state = "asking"; // connected | none | out | failed
  reason = ""; // a refusal of the site, in its own words
  #attempt = 0;
  #size = MOST;
  #aside = new Set();
  #isBusy = false;
  #isAsked = false;
  #isClosed = false;
  #fetchedAt = 0;
  #timer = 0;

  constructor(door, { roster, scans, device, token }) {
    super();
    Object.assign(this, { door, urls: { roster, scans }, device, token });
  }

  open() {
    addEventListener("online", () => this.beat());
    addEventListener("offline", () => this.#become("none"));
    document.addEventListener("visibilitychange", () => document.hidden || this.beat());
    return this.beat();
  }

  /** No list is asked for any more: it was taken off the device. */
  close() {
    clearTimeout(this.#timer);
    this.#isClosed = true;
  }

  /** Send what waits, then look whether the list is old. Called after a scan, when the line returns, and by the clock. */
  async beat() {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    if (this.#isBusy) {
      this.#isAsked = true;
      return;
    }
    [this.#isBusy, this.#isAsked] = [true, false];
    this.#aside.clear();
    const isWell = await this.#work().catch(() => this.#become("failed")); // an answer that no site of ours gives
    this.#isBusy = false;
    this.#attempt = isWell ? 0 : this.#attempt + 1;
    if (isWell && this.#isAsked) return this.beat();
    const wait = isWell ? EVERY : WAITS[Math.min(this.#attempt, WAITS.length) - 1] * (0.8 + Math.random() * 0.2);
    this.#timer = setTimeout(() => this.beat(), wait);
  }

  /** True when nothing is left to do; each step says itself how the line is. */
  async #work() {
    let isWell = true;
    while (isWell && this.#waiting().length) isWell = await this.#send();
    if (isWell && Date.now() - this.#fetchedAt > LIST_AGE) isWell = await this.#fetchList();
    if (this.#aside.size) this.#become("failed", this.reason);
    return isWell && !this.#aside.size;
  }

  #waiting = () => this.door.scans.filter(({ nonce }) => !this.#aside.has(nonce));

  #become(found, reason = "") {
    const state = navigator.onLine ? found : "none"; // an answer may still arrive when the network has just gone
    if (state === this.state && reason === this.reason) return;
    Object.assign(this, { state, reason });
    this.dispatchEvent(new Event("change"));
  }

  /** What became of a request: { state, body }; the clocks are compared on the way. */
  async #ask(url, options = {}) {
    if (!navigator.onLine) return { state: "none" };
    const [from, stop] = [Date.now(), new AbortController()];
    const timer = setTimeout(() => stop.abort(), TIMEOUT);
    let [reply, half, text] = [null, 0, ""];
    try {
      reply = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: stop.signal, ...options });
      half = (Date.now() - from) / 2;
      text = await reply.text();
    } catch {
      return { state: "none" };
    } finally {
      clearTimeout(timer);
    }
    const body = asJson(text);
    const reason = body?.refused ?? "";
    if (reply.type === "opaqueredirect" || ([401, 403].includes(reply.status) && !reason)) return { state: "out" };
    if (!reply.ok || !body) return { state: "failed", reason };
    this.door.setClock(Date.parse(body.server_now), from + half);
    return { state: "connected", body };
  }

  async #fetchList() {
    const { state, reason, body } = await this.#ask(this.urls.roster, { headers: { Accept: "application/json" } });
    if (body) {
      await this.door.take(body);
      this.#fetchedAt = Date.now();
    }
    this.#become(state, reason);
    return state === "connected";
  }

  /** One request with as many scans as the site takes; true to go on at once. */
  async #send() {
    const batch = this.#waiting().slice(0, this.#size);
    const scans = batch.map(({ nonce, seat, session, at, direction, source, ticket }) => ({
      nonce, seat, session, at: new Date(at).toISOString(), direction, source, ticket,
    }));
    const { state, reason, body } = await this.#ask(this.urls.scans, {
      method: "POST",
      // Both moments are by the site's clock as this device knows it, so their distance is right even when it is not.
      body: JSON.stringify({ device: this.device, now: new Date(this.door.now()).toISOString(), scans }),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.token() },
    });
    const isTaken = Array.isArray(body?.results) && (await this.door.settle(body.results, body.marks)) > 0;
    this.#become(body && !isTaken ? "failed" : state, reason);
    if (isTaken) {
      this.#size = Math.min(MOST, this.#size * 2);
      return true;
    }
    if (this.state !== "failed") return false;
    // Perhaps the site stumbles over one of them: alone, it no longer holds up the others.
    if (batch.length === 1) this.#aside.add(batch[0].nonce);
    this.#size = 1;
    return this.#aside.size < MOST_ASIDE;
  }
}
