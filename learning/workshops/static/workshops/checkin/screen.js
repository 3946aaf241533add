// What the page shows. It reads the door and the line and changes neither.

import { counted, hasWord, moment, time, word } from "../../cms/words.js";
import { isExpected } from "./door.js";
import { current } from "./sessions.js";

const root = document.getElementById("check-in");
const find = (name) => root.querySelector(`[data-${name}]`);
const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const NOTICED = 120_000; // milliseconds that a clock is off until the page says so

/** A sign of the page's own <template id="signs">. */
const sign = (name) => document.getElementById("signs").content.querySelector(`[data-sign="${name}"] svg`).cloneNode(true);

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

export const tell = (sentence) => (find("live").textContent = sentence);

// --- the line --------------------------------------------------------------------------------------
const LINE_SIGNS = { connected: "good", none: "none", out: "lock", failed: "note", asking: "wait" };

export function paintLine(line, door) {
  const [box, waiting] = [find("line"), door.scans.length];
  const kept = { connected: "sending", asking: "kept_none" }[line.state] ?? `kept_${line.state}`;
  const more = waiting ? counted(kept, waiting) : word(`empty_${line.state}`);
  const state = line.reason || word(`line_${line.state}`);
  if (box.dataset.state !== line.state) {
    box.dataset.state = line.state;
    find("line-sign").replaceChildren(sign(LINE_SIGNS[line.state]));
    tell(`${state} ${more}`);
  }
  say(find("line-word"), state);
  say(find("line-more"), more);
  find("line-way").hidden = line.state !== "out";
}

export function paintFacts(door, { isReady, isLasting }) {
  say(find("moment"), door.list ? word("list_of", { moment: door.listMoment }) : word("no_list_yet"));
  const off = Math.round(door.offset / 60_000);
  const isOff = Math.abs(door.offset) > NOTICED;
  say(find("clock"), isOff ? word(off > 0 ? "clock_slow" : "clock_fast", { minutes: Math.abs(off) }) : "");
  say(find("ready"), isReady ? word("ready") : word("not_ready"));
  find("lost").hidden = isLasting;
}

// --- the session -------------------------------------------------------------------------------------
export function paintSession(door, direction) {
  const now = door.now();
  const session = current(door.sessions, now, direction);
  find("session").dataset.state = session ? "open" : "closed";
  say(find("session-name"), session ? session.label : door.list ? word("closed") : "");
  say(find("session-time"), session ? word("from_until", { from: time(session.starts), until: time(session.ends) }) : door.list ? door.nextOpening(now) : "");
  const expected = [...door.seats.values()].filter(isExpected);
  const inside = session ? expected.filter((seat) => door.standing(seat.id, session.id).in !== null).length : 0;
  find("count").hidden = !session;
  find("count").replaceChildren(...numbers(word("count"), { inside, all: expected.length }));
}

/** A sentence whose gaps are figures to be seen from afar. */
function numbers(sentence, gaps) {
  return sentence.split(/\{(\w+)\}/).map((part, place) => {
    if (place % 2 === 0) return part;
    const figure = document.createElement("b");
    figure.textContent = gaps[part];
    return figure;
  });
}

// --- the answer ----------------------------------------------------------------------------------------
const bodyOf = (seat) => [seat?.position, seat?.organization].filter(Boolean).join(" · ");

/** The answer to a scan, large; `after` is called once a question in it is settled, with the answer to that. */
export function answer({ tone, head, more, seat, question }, after) {
  const box = copy("answer");
  const part = (name) => box.querySelector(`[data-${name}]`);
  box.dataset.tone = tone;
  part("sign").replaceChildren(sign(tone));
  say(part("head"), head);
  say(part("who"), seat?.name ?? "");
  say(part("of"), bodyOf(seat));
  say(part("more"), more ?? "");
  part("question").hidden = !question;
  if (question) {
    say(part("ask"), question.ask);
    say(part("yes"), question.yes);
    part("yes").addEventListener("click", async () => after(await question.act()));
  }
  part("close").addEventListener("click", () => box.remove());
  find("answer").replaceChildren(box);
}

// --- the list ------------------------------------------------------------------------------------------
const plain = (text) => text.normalize("NFC").replace(/\u0e4d\u0e32/g, "\u0e33").toLowerCase();
const rows = new Map();
let built = "";

export function paintList(door, direction, wanted) {
  const people = JSON.stringify([...door.seats.values()].map(({ marks, state, ...person }) => person));
  if (built !== people) build(door);
  built = people;
  const session = current(door.sessions, door.now(), direction);
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [id, row] of rows) {
    const seat = door.seats.get(id);
    row.item.hidden = !words.every((one) => row.text.includes(one));
    found += !row.item.hidden;
    const standing = session ? door.standing(id, session.id) : { in: null, out: null, waits: false };
    const isDone = direction === "in" ? standing.in !== null && standing.out === null : standing.out !== null;
    const notes = [
      isExpected(seat) ? "" : word(hasWord(`is_${seat.state}`) ? `is_${seat.state}` : "is_other"),
      standing.in === null ? "" : word("in_since", { time: time(standing.in) }),
      standing.out === null ? "" : word("out_since", { time: time(standing.out) }),
      standing.waits ? word("waits") : "",
    ];
    say(row.note, notes.filter(Boolean).join(" · "));
    row.item.dataset.state = standing.out !== null ? "out" : standing.in !== null ? "in" : isExpected(seat) ? "" : "other";
    row.button.hidden = isDone || !session;
    say(row.label, word(direction === "in" ? "mark_in" : "mark_out"));
  }
  say(find("found"), door.list && !found ? word("nobody") : "");
  return found;
}

function build(door) {
  rows.clear();
  for (const seat of door.seats.values()) {
    const item = copy("row");
    const part = (name) => item.querySelector(`[data-${name}]`);
    item.dataset.seat = seat.id;
    say(part("name"), seat.name);
    say(part("of"), bodyOf(seat));
    part("for").textContent = seat.name;
    part("mark").value = seat.id;
    const text = plain(`${seat.name} ${seat.organization} ${seat.code}`);
    rows.set(seat.id, { item, text, note: part("note"), button: part("mark"), label: part("mark-word") });
  }
  find("list").replaceChildren(...[...rows.values()].map(({ item }) => item));
}

// --- what the site did not count -----------------------------------------------------------------------
export function paintRemarks(door) {
  find("remarks").hidden = !door.remarks.length;
  const items = door.remarks.map(({ nonce, name, at, sentence, seat }) => {
    const item = copy("remark");
    const who = name ? !sentence.includes(name) && name : word("seat_number", { number: seat });
    item.querySelector("[data-remark-who]").textContent = [who, moment(at, door.now())].filter(Boolean).join(", ");
    item.querySelector("[data-remark-words]").textContent = sentence;
    item.querySelector("button").value = nonce;
    return item;
  });
  find("remark-list").replaceChildren(...items);
}
