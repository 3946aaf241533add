// Matching by tapping: a left side opens all that can be chosen, with their whole words. The fields stay the truth.

function enliven(box) {
  const pool = box.querySelector("[data-pool]");
  const rows = [...box.querySelectorAll("[data-row]")].map((row) => ({
    row,
    field: row.querySelector("select"),
    slot: row.querySelector("[data-slot]"),
    words: row.querySelector("[data-words]"),
  }));
  const chips = [...pool.querySelectorAll("[data-value]")];
  let open = null;

  function paint() {
    const used = new Set(rows.map(({ field }) => field.value).filter(Boolean));
    for (const { field, slot, words } of rows) {
      const chip = chips.find((one) => one.dataset.value === field.value);
      words.replaceChildren(...(field.value && chip ? [...chip.childNodes].map((node) => node.cloneNode(true)) : [box.dataset.empty]));
      slot.classList.toggle("is-filled", Boolean(field.value));
    }
    for (const chip of chips) chip.classList.toggle("is-used", used.has(chip.dataset.value));
  }

  function show(entry) {
    if (open) open.slot.setAttribute("aria-expanded", "false");
    open = entry === open ? null : entry;
    pool.hidden = !open;
    if (!open) return;
    open.slot.setAttribute("aria-expanded", "true");
    open.row.append(pool);
    for (const chip of chips) chip.setAttribute("aria-pressed", chip.dataset.value === open.field.value);
    pool.scrollIntoView({ block: "nearest" });
  }

  function choose(value) {
    const { field, slot } = open;
    show(open);
    slot.focus();
    if (field.value === value) return;
    field.value = value;
    paint();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  for (const entry of rows) {
    entry.field.hidden = true;
    entry.slot.hidden = false;
    entry.slot.setAttribute("aria-labelledby", `${entry.field.getAttribute("aria-labelledby")} ${entry.words.id}`);
    entry.slot.addEventListener("click", () => show(entry));
  }
  box.classList.add("is-live");
  pool.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-value]");
    if (chip) choose(chip.dataset.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    const { slot } = open;
    show(open);
    slot.focus();
  });
  box.closest("fieldset")?.addEventListener("answer-shown", paint);
  paint();
}

for (const box of document.querySelectorAll("[data-matching]")) enliven(box);
