// What the device keeps of the site: public keys and the list of ended certificates, with the moment they are of.

const NAME = "certificates:known";
const PATIENCE = 15_000; // milliseconds until a silent line counts as broken

const isKnown = (found) => Array.isArray(found?.keys) && typeof found.ended === "object" && Number.isFinite(Date.parse(found.made_at));

export class Kept extends EventTarget {
  known = null;
  isLasting = true;
  #asked = null;

  constructor(url) {
    super();
    this.url = url;
    try {
      const found = JSON.parse(localStorage.getItem(NAME));
      if (isKnown(found)) this.known = found;
    } catch {
      // forbidden or damaged: it is fetched anew
    }
  }

  get madeAt() {
    return this.known && Date.parse(this.known.made_at);
  }

  /** Fetch it anew; true when that worked. Asked twice at once it is fetched once. */
  refresh() {
    this.#asked ??= this.#fetch().finally(() => (this.#asked = null));
    return this.#asked;
  }

  async #fetch() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const reply = await fetch(this.url, { cache: "no-store", credentials: "omit", signal: stop.signal });
      const found = reply.ok ? await reply.json() : null;
      if (!isKnown(found)) return false;
      this.known = found;
      this.#store(found);
      this.dispatchEvent(new Event("change"));
      return true;
    } catch {
      return false; // no network, or the page of one that wants a password first
    } finally {
      clearTimeout(timer);
    }
  }

  #store(found) {
    try {
      localStorage.setItem(NAME, JSON.stringify(found));
      this.isLasting = true;
    } catch {
      this.isLasting = false; // a private window, or no room: good until the page is closed
    }
  }
}
