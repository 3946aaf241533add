// The signed text of a certificate, read without asking anybody. The layout is that of certification/offline/layout.py,
// the kinds of other texts are those of kinds.py; the suite reads the same texts with both.

import { fromBase45 } from "../../cms/squares/base45.js";

const [PREFIX, END, VERSION, HEAD, SIGNATURE] = ["CERTIFICATE:", ".", 1, 29, 64]; // the last two in bytes
const TEXTS = ["number", "name", "course"];
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const [CODE, TICKET] = [12, 79]; // signs of a code; bytes of a workshop's ticket
const [EPOCH, DAY] = [Date.UTC(2000, 0, 1), 86_400_000];
const [NO_PLACE, LIST_SIZE] = [0xffffffff, 131_072];

const cleaned = (text) => text.replace(/\u00a0/g, " ").replace(/[\r\n\t]/g, "").trim();

/** Whether a text says to be one; whether it is genuine, the signature says. */
export const isProof = (text) => cleaned(text).slice(0, PREFIX.length).toUpperCase() === PREFIX;

/** { kind: "proof", mark, body, signature }, or the kind of what it is instead. Nothing in it is checked yet. */
export function read(text) {
  const written = cleaned(text);
  if (!isProof(written)) return { kind: otherKind(written) };
  if (!written.endsWith(END)) return { kind: "cut" };
  const bytes = fromBase45(written.toUpperCase().slice(PREFIX.length, -END.length));
  if (!bytes?.length) return { kind: "cut" };
  if (bytes[0] !== VERSION) return { kind: "version" };
  if (bytes.length < HEAD + SIGNATURE) return { kind: "cut" };
  const lengths = bytes[26] + bytes[27] + bytes[28];
  if (bytes.length !== HEAD + lengths + SIGNATURE) return { kind: "cut" };
  const mark = [...bytes.slice(2, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { kind: "proof", mark, body: bytes.slice(0, -SIGNATURE), signature: bytes.slice(-SIGNATURE) };
}

function otherKind(text) {
  if (!text) return "empty";
  if (/^(https?:\/\/|www\.)\S+/i.test(text)) return "address";
  if (text.length <= CODE + 6 && isCode(readCode(text))) return "code";
  const bytes = fromBase45(text.toUpperCase());
  return bytes?.length === TICKET && bytes[0] === 1 ? "ticket" : "other";
}

/** A code as a person types it, as certification/codes.py reads it. */
const readCode = (text) => text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

const isCode = (code) =>
  code.length === CODE && [...code].every((letter) => ALPHABET.includes(letter)) && checkLetter(code.slice(0, -1)) === code[CODE - 1];

function checkLetter(body) {
  const values = [...body].reverse().map((letter, place) => ALPHABET.indexOf(letter) * (place % 2 ? 1 : 2));
  const total = values.reduce((sum, value) => sum + Math.floor(value / 32) + (value % 32), 0);
  return ALPHABET[(32 - (total % 32)) % 32];
}

/** What signed bytes say. Call it only for bytes with a good signature. Days are "2026-11-23". */
export function facts(body) {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const day = (count) => new Date(EPOCH + count * DAY).toISOString().slice(0, 10);
  const [issued, completed, until, place] = [view.getUint16(13), view.getUint16(15), view.getUint16(17), view.getUint32(19)];
  const tenths = (body[23] << 16) | (body[24] << 8) | body[25];
  const found = {
    code: codeIn(body.slice(6, 13)),
    issued: day(issued),
    completed: day(completed),
    until: until ? day(until) : null,
    place: place === NO_PLACE ? null : { list: Math.floor(place / LIST_SIZE), index: place % LIST_SIZE },
    hours: tenths / 10,
    shortened: TEXTS.filter((_name, position) => (body[1] >> (position + 3)) & 1),
  };
  let start = HEAD;
  TEXTS.forEach((name, position) => {
    const bytes = body.slice(start, start + body[26 + position]);
    const encoding = (body[1] >> position) & 1 ? "utf-8" : "windows-874"; // TIS-620 and a little more
    found[name] = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
    start += bytes.length;
  });
  return found;
}

function codeIn(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("").slice(1);
  const letters = bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("");
  return letters + checkLetter(letters);
}
