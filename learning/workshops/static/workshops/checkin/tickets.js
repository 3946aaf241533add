// Tickets checked on the device: base45 (RFC 9285) around fields and an ECDSA signature on P-256.
// The layout is that of learning/workshops/tickets/signing.py, the code's check sign that of codes.py.

import { fromBase45 } from "../../cms/squares/base45.js";
import { canCheck, isSigned, readKey } from "../../cms/squares/signed.js";

const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const [VERSION, FIELDS, SIGNATURE] = [1, 15, 64]; // the last two in bytes

/** The fields of what is written like a ticket, not yet checked; null for another text. */
export function fields(text) {
  const bytes = fromBase45(text);
  if (bytes?.length !== FIELDS + SIGNATURE || bytes[0] !== VERSION) return null;
  const view = new DataView(bytes.buffer);
  return {
    workshop: view.getUint32(1),
    seat: view.getUint32(5) * 2 ** 32 + view.getUint32(9),
    key: [...bytes.slice(13, FIELDS)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    body: bytes.slice(0, FIELDS),
    signature: bytes.slice(FIELDS),
  };
}

/** The keys of a list, ready to check with; null where the browser cannot (a page without https). */
export async function readKeys(keys) {
  if (!canCheck()) return null;
  return Promise.all(keys.map(async (key) => ({ mark: key.kid, key: await readKey(key) })));
}

/** Whether one of the keys signed it. */
export async function isGenuine(ticket, keys) {
  for (const { key } of keys.filter(({ mark }) => mark === ticket.key)) {
    if (await isSigned(key, ticket.signature, ticket.body)) return true;
  }
  return false;
}

/** A typed code as codes are kept: capitals and figures only. */
export const codeWritten = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** Whether a code has no typing error: six of the letters, the last a check sign (Luhn's rule in base 30). */
export function isCode(code) {
  const values = [...code].reverse().map((sign) => LETTERS.indexOf(sign));
  const doubled = values.map((value, place) => value * (place % 2 ? 2 : 1));
  const total = doubled.reduce((sum, value) => sum + Math.floor(value / 30) + (value % 30), 0);
  return values.length === 6 && !values.includes(-1) && total % 30 === 0;
}
