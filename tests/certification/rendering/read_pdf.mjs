// Prints the text of a PDF, line by line, as pdf.js (the reader in Firefox) gives it. Usage: node read_pdf.mjs FILE
import { readFile } from "node:fs/promises";

// pdf.js is written for browsers of this year; older releases of Node lack these.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};
Promise.try ??= async (call, ...values) => call(...values);
Math.sumPrecise ??= (values) => [...values].reduce((sum, value) => sum + value, 0);
Uint8Array.prototype.toHex ??= function () {
  return Buffer.from(this).toString("hex");
};
for (const kind of [Map, WeakMap]) {
  kind.prototype.getOrInsertComputed ??= function (key, make) {
    if (!this.has(key)) this.set(key, make(key));
    return this.get(key);
  };
  kind.prototype.getOrInsert ??= function (key, value) {
    return this.getOrInsertComputed(key, () => value);
  };
}

const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
const data = new Uint8Array(await readFile(process.argv[2]));
const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, useSystemFonts: false }).promise;
for (let number = 1; number <= pdf.numPages; number += 1) {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  process.stdout.write(items.map((item) => (item.str ?? "") + (item.hasEOL ? "\n" : "")).join("") + "\n");
}
