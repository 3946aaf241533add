// What a ticket, a code or a name at the door means, and what this device has marked. It asks nobody: it needs no network.
// An answer is { tone: good | note | no, head, more, seat, question }; words are whole sentences.

import { hasWord, moment, time, word } from "../../cms/words.js";
import { current, isNearEnd, next, readSessions } from "./sessions.js";
import { newNumber } from "./store.js";
import { codeWritten, fields, isCode, isGenuine, readKeys } from "./tickets.js";

const EXPECTED = ["confirmed", "attended", "absent"]; // states of a seat that takes a chair
const QUIET = ["counted", "already"]; // outcomes that nobody needs to hear of
const KEPT = 14 * 24 * 3_600_000; // milliseconds that the names stay on the device after the last session

export const isExpected = (seat) => EXPECTED.includes(seat.state);

export class Door extends EventTarget {
  constructor(store, workshop) {
    super();
    Object.assign(this, { store, workshop, list: null, offset: 0, scans: [], remarks: [], sessions: [], keys: null, seats: new Map() });
  }

  /** What the device kept when the page was last open. */
  async open() {
    await this.store.sweep(Date.now());
    const list = await this.store.list(this.workshop);
    [this.scans, this.remarks] = [await this.store.scans(this.workshop), await this.store.remarks(this.workshop)];
    if (list) await this.#read(list);
    this.#tell();
  }

  /** Now, by the site's clock: a device whose own is twenty minutes off marks the right session at the right time. */
  now = () => Date.now() + this.offset;

  setClock(serverNow, deviceNow) {
    if (Number.isFinite(serverNow)) this.offset = serverNow - deviceNow;
  }

  /** A new list from the site. */
  async take(roster) {
    const sessions = readSessions(roster.sessions);
    const until = Math.max(this.now(), ...sessions.map((session) => session.closes)) + KEPT;
    await this.#read({ workshop: this.workshop, roster, offset: this.offset, strangers: {}, until });
    this.#tell();
    await this.store.keepList(this.list).catch(() => {}); // full: the list in this page is good all the same
  }

  async #read(list) {
    const { roster } = list;
    const keys = await readKeys(roster.keys).catch(() => null);
    Object.assign(this, { list, offset: list.offset, sessions: readSessions(roster.sessions), keys });
    this.seats = new Map(roster.seats.map((seat) => [seat.id, seat]));
  }

  #tell = () => this.dispatchEvent(new Event("change"));

  get listMoment() {
    return this.list ? moment(Date.parse(this.list.roster.made_at), this.now()) : "";
  }

  /** A person in a session, as the site last knew and as marked here since: instants or null. */
  standing(seat, session) {
    const mark = (this.seats.get(seat)?.marks ?? this.list?.strangers[seat])?.[session] ?? {};
    const found = { in: mark.in ? Date.parse(mark.in) : null, out: mark.out ? Date.parse(mark.out) : null, waits: false };
    for (const scan of this.scans) {
      if (scan.seat !== seat || scan.session !== session) continue;
      found.waits = true;
      if (scan.direction === "out") found.out = scan.at;
      else [found.in, found.out] = [found.in ?? scan.at, null];
    }
    return found;
  }

  #isInside = (seat) => (session) => {
    const { in: came, out } = this.standing(seat, session);
    return came !== null && out === null;
  };

  // --- what was shown ----------------------------------------------------------------------------
  /** A text from the camera or a scanner. */
  async scan(text, direction) {
    const ticket = fields(text);
    if (!ticket) return { tone: "no", head: word("not_a_ticket"), more: word("not_a_ticket_more") };
    if (!this.list) return this.#noList();
    if (this.keys && !(await isGenuine(ticket, this.keys))) return { tone: "no", head: word("forged"), more: word("forged_more") };
    if (ticket.workshop !== this.list.roster.workshop.id) {
      return { tone: "no", head: word("other_workshop", { number: ticket.workshop }), more: word("nothing_marked") };
    }
    return this.mark(ticket.seat, direction, { source: "qr", ticket: text });
  }

  /** A text from the keyboard: a ticket or a code; null when it is a name, or may be one. */
  async type(text, direction, isName) {
    const shouted = text.replace(/[\r\n\t]/g, "").toUpperCase();
    if (fields(shouted)) return this.scan(shouted, direction);
    const code = codeWritten(text);
    const seat = [...this.seats.values()].find((one) => one.code === code);
    if (seat) return this.mark(seat.id, direction, { source: "typed" });
    if (isName) return null;
    if (text.length > 60) return this.scan(shouted, direction);
    if (!/^[0-9A-Za-z -]+$/.test(text) || code.length < 5 || code.length > 7) return null;
    const why = isCode(code) ? word("unknown_code", { moment: this.listMoment }) : word("typing_error");
    return { tone: "no", head: word("no_such_code"), more: why };
  }

  // --- marking -----------------------------------------------------------------------------------
  async mark(id, direction, { source, ticket = null, isSure = false }) {
    if (!this.list) return this.#noList();
    const [seat, now] = [this.seats.get(id), this.now()];
    const session = current(this.sessions, now, direction, this.#isInside(id));
    if (!session) return { tone: "no", head: word("closed"), more: this.nextOpening(now), seat };
    const { in: came, out } = this.standing(id, session.id);
    const again = (way) => () => this.mark(id, way, { source, ticket, isSure: true });
    if (direction === "in" && came !== null && out === null) {
      const question = isNearEnd(session, now) ? { ask: word("ask_leaving"), yes: word("leaving"), act: again("out") } : null;
      return { tone: "note", head: word("already_in", { time: time(came) }), seat, question };
    }
    if (out !== null && !(direction === "in" && isSure)) {
      const question = direction === "in" ? { ask: word("ask_back"), yes: word("back"), act: again("in") } : null;
      return { tone: "note", head: word("already_out", { time: time(out) }), seat, question };
    }
    const scan = { nonce: newNumber(), workshop: this.workshop, seat: id, session: session.id, at: now, direction, source, ticket, name: seat?.name ?? "" };
    this.scans.push(scan); // before anything is awaited: the same ticket a moment later finds it
    try {
      await this.store.addScan(scan);
    } catch {
      this.scans = this.scans.filter((one) => one !== scan);
      return { tone: "no", head: word("not_kept"), more: word("not_kept_more"), seat };
    }
    this.#tell();
    return { ...this.#worth(seat, came, scan), head: word(direction === "in" ? "came_in" : "went_out", { time: time(now) }), seat };
  }

  /** A scan is always kept; what an officer should know about it is said. */
  #worth(seat, came, { direction, ticket }) {
    const gaps = { moment: this.listMoment };
    if (!seat) return { tone: "note", more: word("unknown_seat", gaps) };
    if (!isExpected(seat)) return { tone: "note", more: word(hasWord(`seat_${seat.state}`) ? `seat_${seat.state}` : "seat_other", gaps) };
    if (ticket && !this.keys) return { tone: "note", more: word("unchecked") };
    if (direction === "out" && came === null) return { tone: "note", more: word("out_not_in", gaps) };
    return { tone: "good", more: "" };
  }

  #noList = () => ({ tone: "no", head: word("no_list"), more: word("no_list_more") });

  /** When the door opens next, in words. */
  nextOpening(now) {
    const session = next(this.sessions, now);
    return session ? word("opens", { session: session.label, moment: moment(session.opens, now) }) : word("all_over");
  }

  // --- what the site answered --------------------------------------------------------------------
  /** Results by nonce and the marks of the seats they were about; gives how many scans left the queue. */
  async settle(results, marks) {
    const found = new Map(results.map((result) => [result.nonce, result]));
    const settled = this.scans.filter((scan) => found.has(scan.nonce));
    for (const scan of settled) {
      if (found.get(scan.nonce).outcome === "counted") this.#note(scan.seat, { [scan.session]: this.#asMark(scan) });
    }
    for (const [seat, sessions] of Object.entries(marks ?? {})) this.#note(Number(seat), sessions);
    const remarks = settled
      .map((scan) => ({ ...scan, ...found.get(scan.nonce) }))
      .filter(({ outcome }) => !QUIET.includes(outcome));
    await this.store.settle(settled.map(({ nonce }) => nonce), remarks, { ...this.list, offset: this.offset }).catch(() => {});
    this.scans = this.scans.filter((scan) => !found.has(scan.nonce));
    this.remarks = [...this.remarks, ...remarks];
    this.#tell();
    return settled.length;
  }

  #asMark({ seat, session }) {
    const { in: came, out } = this.standing(seat, session);
    return { in: came && new Date(came).toISOString(), out: out && new Date(out).toISOString() };
  }

  #note(id, sessions) {
    const seat = this.seats.get(id);
    if (seat) seat.marks = { ...seat.marks, ...sessions };
    else this.list.strangers[id] = { ...this.list.strangers[id], ...sessions };
  }

  async dropRemark(nonce) {
    this.remarks = this.remarks.filter((remark) => remark.nonce !== nonce);
    this.#tell();
    await this.store.dropRemark(nonce);
  }

  /** The names leave the device; false while scans wait, because they need them. */
  async forget() {
    if (this.scans.length) return false;
    await this.store.forget(this.workshop, this.remarks);
    Object.assign(this, { list: null, remarks: [], sessions: [], keys: null, seats: new Map() });
    this.#tell();
    return true;
  }
}
