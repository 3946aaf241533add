// What this browser keeps until the server has it: one entry for each question with an answer that was not sent.

const STALE = 7 * 24 * 3_600_000; // milliseconds an unsent answer of another test is kept

export class Store {
  constructor(sitting) {
    this.prefix = `sitting:${sitting}:`;
  }

  read(position) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + position));
    } catch {
      return null;
    }
  }

  write(position, pending) {
    try {
      if (pending) localStorage.setItem(this.prefix + position, JSON.stringify({ ...pending, at: Date.now() }));
      else localStorage.removeItem(this.prefix + position);
    } catch {
      // full or forbidden: the answer still waits in this page
    }
  }

  /** Places of this sitting that have something unsent. */
  positions() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      return keys.map((key) => Number(key.slice(this.prefix.length))).filter((place) => this.read(place));
    } catch {
      return [];
    }
  }

  sweep() {
    try {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith("sitting:"))) {
        if (Date.now() - (JSON.parse(localStorage.getItem(key))?.at ?? 0) > STALE) localStorage.removeItem(key);
      }
    } catch {
      // nothing to sweep
    }
  }
}
