// What the device keeps, in IndexedDB: the list of each workshop, the scans that wait, what the site did not count.

const NAME = "check-in";
const STORES = { lists: "workshop", scans: "nonce", remarks: "nonce" }; // each with its key

const answer = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

const written = (transaction) =>
  new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => fail(transaction.error);
  });

class Store {
  isLasting = true;

  constructor(database) {
    this.database = database;
    database.onversionchange = () => database.close();
  }

  #write(names, change) {
    // "strict" waits for the disk: a phone that dies a moment later has the scan all the same.
    const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
    const done = written(transaction);
    change((name) => transaction.objectStore(name));
    return done;
  }

  async #all(name, workshop) {
    const rows = await answer(this.database.transaction(name).objectStore(name).getAll());
    return rows.filter((row) => row.workshop === workshop).sort((one, other) => one.at - other.at);
  }

  list = (workshop) => answer(this.database.transaction("lists").objectStore("lists").get(workshop));
  scans = (workshop) => this.#all("scans", workshop);
  remarks = (workshop) => this.#all("remarks", workshop);
  keepList = (list) => this.#write(["lists"], (store) => store("lists").put(list));
  addScan = (scan) => this.#write(["scans"], (store) => store("scans").add(scan));
  dropRemark = (nonce) => this.#write(["remarks"], (store) => store("remarks").delete(nonce));

  /** Scans that the site has answered leave the queue, together with what it said. */
  settle(nonces, remarks, list) {
    return this.#write(Object.keys(STORES), (store) => {
      for (const nonce of nonces) store("scans").delete(nonce);
      for (const remark of remarks) store("remarks").put(remark);
      store("lists").put(list);
    });
  }

  forget(workshop, remarks) {
    return this.#write(["lists", "remarks"], (store) => {
      store("lists").delete(workshop);
      for (const { nonce } of remarks) store("remarks").delete(nonce);
    });
  }

  /** Names stay on a device no longer than the door needs them; scans that wait keep their list. */
  async sweep(before) {
    const lists = await answer(this.database.transaction("lists").objectStore("lists").getAll());
    for (const { workshop } of lists.filter((list) => list.until < before)) {
      if (!(await this.scans(workshop)).length) await this.forget(workshop, await this.remarks(workshop));
    }
  }
}

/** Where the browser keeps nothing (a private window), the page works as long as it stays open. */
class Memory {
  isLasting = false;
  list = async () => undefined;
  scans = async () => [];
  remarks = async () => [];
  keepList = async () => {};
  addScan = async () => {};
  dropRemark = async () => {};
  settle = async () => {};
  forget = async () => {};
  sweep = async () => {};
}

export async function openStore() {
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    return new Store(await answer(request));
  } catch {
    return new Memory();
  }
}

/** A number that no other device makes: version 4 of RFC 9562, also where a page without https has no randomUUID. */
export function newNumber() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** This device, by a number that says nothing about it. */
export function deviceNumber() {
  try {
    localStorage["check-in:device"] ??= newNumber();
    return localStorage["check-in:device"];
  } catch {
    return newNumber();
  }
}
