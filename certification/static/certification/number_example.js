// The example of a number follows what is typed into the pattern. The server checks the pattern; this only shows it.
const thai = (text) => text.replace(/[0-9]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]);

document.addEventListener("DOMContentLoaded", () => {
  const example = document.getElementById("number-example");
  const pattern = document.querySelector("[name=number_pattern]");
  const office = document.querySelector("[name=office_code]");
  if (!example || !pattern || !office) return;
  const [, number, year] = example.dataset.pattern.split("|");
  const fallback = office.value ? "ศส.14" : example.dataset.office;
  const show = () => {
    const text = pattern.value;
    const gaps = text.match(/\{[^{}]*\}/g) || [];
    const once = (gap) => gaps.filter((one) => one === gap).length === 1;
    const known = gaps.every((gap) => ["{office}", "{number}", "{year}"].includes(gap));
    const closed = !/[{}]/.test(text.replace(/\{[^{}]*\}/g, ""));
    example.textContent =
      once("{number}") && once("{year}") && known && closed
        ? thai(
            text
              .replaceAll("{office}", office.value || fallback)
              .replace("{year}", year)
              .replace(/(\d)\{number\}/, "$1-{number}")
              .replace("{number}", number),
          )
        : "–";
  };
  pattern.addEventListener("input", show);
  office.addEventListener("input", show);
});
