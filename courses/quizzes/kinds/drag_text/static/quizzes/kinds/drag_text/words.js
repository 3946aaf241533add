// Words that are tapped or dragged into the gaps of a text. The selects stay what is sent: each move sets one of them
// and tells it by a `change`; who prefers the selects, by keyboard or screen reader, uses them as they are.

for (const task of document.querySelectorAll("[data-words-task]")) {
  const selects = [...task.querySelectorAll("select")];
  const words = [...task.querySelectorAll("button.word")];
  const said = task.querySelector("[data-words-said]");
  let held = null;

  const textOf = (value) => words.find((word) => word.value === value)?.textContent ?? "";
  const say = (sentence, parts) => {
    said.textContent = Object.entries(parts).reduce((text, [name, part]) => text.replace(`{${name}}`, part), sentence);
  };

  // A word lies in one gap only; buttons of words that lie in a gap are put away.
  const show = () => {
    const used = new Set(selects.map((select) => select.value));
    for (const word of words) {
      word.hidden = used.has(word.value);
      word.setAttribute("aria-pressed", String(word === held));
    }
    for (const select of selects) {
      select.classList.toggle("is-open", held !== null);
      select.classList.toggle("is-filled", select.value !== "");
    }
  };

  const set = (select, value) => {
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const hold = (word) => {
    held = word === held ? null : word;
    if (held) say(task.dataset.taken, { word: held.textContent });
    show();
  };

  const put = (value, select) => {
    for (const other of selects) if (other !== select && other.value === value) set(other, "");
    held = null;
    set(select, value);
    say(task.dataset.put, { word: textOf(value), number: selects.indexOf(select) + 1 });
    show();
  };

  const takeBack = (select) => {
    say(task.dataset.back, { word: textOf(select.value) });
    set(select, "");
    show();
  };

  for (const word of words) {
    word.addEventListener("click", () => hold(word));
    word.addEventListener("dragstart", (event) => {
      held = word;
      event.dataTransfer.setData("text/plain", word.value);
      event.dataTransfer.effectAllowed = "move";
      show();
    });
    word.addEventListener("dragend", () => {
      held = null;
      show();
    });
  }

  selects.forEach((select) => {
    // A tap or click with a word in hand lays it down; on a filled gap it takes the word back. An empty hand on an
    // empty gap opens the list, as does the keyboard at any time. What it will be is settled when the list would open.
    let isMeant = false;
    select.addEventListener("mousedown", (event) => {
      isMeant = held !== null || select.value !== "";
      if (isMeant) event.preventDefault();
    });
    select.addEventListener("click", (event) => {
      if (!isMeant) return;
      isMeant = false;
      event.preventDefault();
      if (held) put(held.value, select);
      else takeBack(select);
    });
    select.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      select.classList.add("is-under");
    });
    select.addEventListener("dragleave", () => select.classList.remove("is-under"));
    select.addEventListener("drop", (event) => {
      event.preventDefault();
      select.classList.remove("is-under");
      if (held) put(held.value, select);
    });
    select.addEventListener("change", () => {
      for (const other of selects) if (other !== select && select.value && other.value === select.value) set(other, "");
      show();
    });
  });

  task.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) hold(held);
  });
  task.closest("fieldset")?.addEventListener("answer-shown", show);
  task.querySelector("[data-word-bank]").hidden = false;
  show();
}
