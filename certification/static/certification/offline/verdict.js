// What a text at the check means, by the keys and the list of ended certificates that this device keeps. It asks nobody.
// A verdict is { tone: good | note | no, code, facts, key, notes }; words.js has the sentences by code.

import { canCheck, isSigned, readKey } from "../../cms/squares/signed.js";
import { facts, read } from "./proof.js";

const DAY = 86_400_000; // milliseconds
export const OLD = 30 * DAY; // after which a list no longer speaks about revocation

const TONES = {
  genuine: "good",
  ended: "no",
  key_revoked: "no",
  changed: "no",
  stranger: "no",
};

const verdict = (code, more = {}) => ({ tone: TONES[code] ?? "note", code, facts: null, key: null, notes: [], ...more });

/** `known` is what /v/offline/keys.json said, or null; `now` an instant; `dayOf` gives the day of an instant, "2026-11-23". */
export async function judge(text, known, { now, dayOf }) {
  const found = read(text);
  if (found.kind !== "proof") return verdict(`not_${found.kind}`);
  if (!canCheck()) return verdict("cannot_check");
  if (!known) return verdict("no_keys");
  const named = known.keys.filter(({ mark }) => mark === found.mark);
  for (const key of named) {
    if (await isSigned(await readKey(key), found.signature, found.body)) return weigh(facts(found.body), key, known, { now, dayOf });
  }
  if (named.length) return verdict("changed");
  // Its day is only a claim here; but a page that is older than it cannot know whether the key has come since.
  const isYounger = facts(found.body).issued > dayOf(Date.parse(known.made_at));
  return verdict(isYounger ? "newer_key" : "stranger");
}

function weigh(said, key, known, { now, dayOf }) {
  const madeAt = Date.parse(known.made_at);
  const today = dayOf(Math.max(now, madeAt)); // a device whose clock has lost its battery
  const isOld = now - madeAt > OLD || said.issued > dayOf(madeAt);
  const notes = [
    said.shortened.length ? "shortened" : "",
    key.is_test ? "test_key" : "",
    now + DAY < madeAt ? "clock" : "",
  ].filter(Boolean);
  const given = { facts: said, key, notes };
  if (key.state === "revoked") return verdict("key_revoked", { key }); // what it says may be anybody's word, so it is not shown
  if (said.place && known.ended[said.place.list]?.includes(said.place.index)) return verdict("ended", given);
  if (said.until && said.until < today) return verdict("expired", { ...given, notes: isOld ? [...notes, "old_list"] : notes });
  if (!said.place) return verdict("unlisted", given);
  return verdict(isOld ? "old_list" : "genuine", given);
}
