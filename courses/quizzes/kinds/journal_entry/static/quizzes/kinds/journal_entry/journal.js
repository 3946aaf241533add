// Adds up the two columns while somebody writes. It says whether they are equal, and nothing of the key.

const SIGNS = /[,\s]|บาท|฿/g;

function amount(text) {
  const digits = text.replace(/[๐-๙]/g, (sign) => String(sign.charCodeAt(0) - 0x0e50)).replace(SIGNS, "");
  return /^\d+(\.\d{0,2})?$/.test(digits) ? Math.round(Number(digits) * 100) : 0;
}

const baht = (satang) =>
  (satang / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function add(book) {
  const sums = { debit: 0, credit: 0 };
  for (const input of book.querySelectorAll("input[data-side]")) sums[input.dataset.side] += amount(input.value);
  const line = book.querySelector("[data-sums]");
  const off = Math.abs(sums.debit - sums.credit);
  line.hidden = sums.debit + sums.credit === 0;
  line.dataset.sums = off ? "off" : "even";
  const words = off ? book.dataset.off : book.dataset.even;
  const said = words
    .replace("{debit}", baht(sums.debit))
    .replace("{credit}", baht(sums.credit))
    .replace("{amount}", baht(sums.debit))
    .replace("{off}", baht(off));
  if (line.textContent !== said) line.textContent = said;
}

for (const book of document.querySelectorAll("[data-journal]")) {
  book.addEventListener("change", () => add(book)); // not at every key: a reader of the screen would be told each time
  book.closest("fieldset")?.addEventListener("answer-shown", () => add(book));
  add(book);
}
