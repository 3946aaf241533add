// What the page shows. It changes nothing but the page.

import { dayAndTime, hasWord, word } from "../../cms/words.js";

const root = document.getElementById("offline-check");
const find = (name) => root.querySelector(`[data-${name}]`);
const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const date = new Intl.DateTimeFormat("th-TH-u-ca-buddhist", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙";

const sign = (name) => document.getElementById("signs").content.querySelector(`[data-sign="${name}"] svg`).cloneNode(true);
const day = (text) => date.format(Date.parse(text));
const asPrinted = (text) => text.replace(/[0-9]/g, (digit) => THAI_DIGITS[digit]);

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

/** The line at the top: whether the page is good without a network, and of which moment its list is. null: not known yet. */
export function paintState(kept, { isReady, hasAsked, isOld }) {
  const isWaiting = kept.known ? isReady === null : !hasAsked;
  const settled = !kept.known ? "empty" : !isReady || !kept.isLasting ? "part" : isOld ? "old" : "ready";
  const state = isWaiting ? "asking" : settled;
  const box = find("state");
  if (box.dataset.state !== state) {
    box.dataset.state = state;
    find("state-sign").replaceChildren(sign({ ready: "good", asking: "wait" }[state] ?? "note"));
  }
  say(find("state-word"), word(`state_${state}`));
  say(find("state-moment"), kept.known ? word("list_of", { moment: dayAndTime(kept.madeAt) }) : "");
}

export const tell = (sentence) => say(find("told"), sentence);
export const note = (sentence) => say(find("way-note"), sentence);

/** The result, large; it takes the focus, so that a screen reader begins there. */
export function show(said, kept) {
  const box = copy("result");
  const part = (name) => box.querySelector(`[data-${name}]`);
  const gaps = {
    moment: kept.known ? dayAndTime(kept.madeAt) : "",
    until: said.facts?.until ? day(said.facts.until) : "",
    revoked: said.key?.revoked_at ? day(said.key.revoked_at.slice(0, 10)) : "",
  };
  Object.assign(box.dataset, { tone: said.tone, code: said.code });
  part("seal").replaceChildren(copy(`seal-${said.tone}`));
  say(part("head"), word(`${said.code}_head`, gaps));
  say(part("more"), word(`${said.code}_more`, gaps));
  say(part("notes"), said.notes.map((name) => word(`note_${name}`, gaps)).join(" "));
  say(part("as-of"), said.facts ? word("as_of", gaps) : "");
  part("facts").hidden = part("compare").hidden = !said.facts;
  if (said.facts) fill(part, said.facts, said.key);
  part("way").hidden = !hasWord(`${said.code}_way`);
  say(part("way-word"), hasWord(`${said.code}_way`) ? word(`${said.code}_way`) : "");
  find("result").replaceChildren(box);
  part("head").focus({ preventScroll: true });
  box.scrollIntoView({ block: "start" });
}

function fill(part, facts, key) {
  const text = (name) => (facts.shortened.includes(name) ? `${facts[name]}…` : facts[name]);
  say(part("name"), text("name"));
  say(part("course"), text("course"));
  say(part("number"), asPrinted(text("number")));
  say(part("hours"), facts.hours.toLocaleString("en"));
  say(part("completed"), day(facts.completed));
  say(part("issued"), day(facts.issued));
  say(part("until"), facts.until ? day(facts.until) : word("without_end"));
  say(part("code"), facts.code.match(/.{4}/g).join("-"));
  say(part("issuer"), key.name);
}

export function clear() {
  find("result").replaceChildren();
}
