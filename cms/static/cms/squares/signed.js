// Signatures on P-256 with SHA-256, checked by the browser itself: those of four-year-old phones can.

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const CHECK = { name: "ECDSA", hash: "SHA-256" };

/** False where the browser cannot check: it is too old, or the page came without https. */
export const canCheck = () => Boolean(globalThis.crypto?.subtle);

/** A public key (RFC 7517), ready to check with. */
export const readKey = ({ kty, crv, x, y }) => crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, ["verify"]);

/** Whether a key signed the bytes; the signature is r and s, 32 bytes each. */
export const isSigned = (key, signature, bytes) => crypto.subtle.verify(CHECK, key, signature, bytes);
