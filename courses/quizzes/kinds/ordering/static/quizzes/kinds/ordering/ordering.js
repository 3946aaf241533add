// Steps that can be moved up and down or dragged. The fields stay the truth; the list follows them.
// Until somebody moves a step or confirms the order, the fields are empty: a shuffled list is no answer.

function enliven(box) {
  const list = box.querySelector("[data-items]");
  const fields = [...box.querySelectorAll("select")];
  const confirm = box.querySelector("[data-confirm]");
  const said = box.querySelector("[data-said]");
  let dragged = null;

  const items = () => [...list.children];

  function write(item) {
    items().forEach((one, place) => (fields[place].value = one.dataset.value));
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
    paint();
    if (!item) return;
    const gaps = { text: item.querySelector(".words").textContent.trim(), number: items().indexOf(item) + 1, total: fields.length };
    said.textContent = box.dataset.moved.replace(/\{(\w+)\}/g, (_all, name) => gaps[name]);
  }

  function paint() {
    const all = items();
    all.forEach((item, place) => {
      item.querySelector('[data-move="-1"]').setAttribute("aria-disabled", place === 0);
      item.querySelector('[data-move="1"]').setAttribute("aria-disabled", place === all.length - 1);
    });
    confirm.hidden = fields.every((field) => field.value);
    box.classList.toggle("is-answered", confirm.hidden);
  }

  function follow() {
    const chosen = [...new Set(fields.map((field) => field.value).filter(Boolean))];
    const rest = items().filter((item) => !chosen.includes(item.dataset.value));
    list.append(...chosen.map((value) => items().find((item) => item.dataset.value === value)), ...rest);
    paint();
  }

  for (const item of items()) {
    item.append(box.querySelector("[data-moves]").content.cloneNode(true));
    item.draggable = true;
    const words = item.querySelector(".words").textContent.trim();
    for (const button of item.querySelectorAll("[data-move]")) button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${words}`);
  }
  for (const part of box.querySelectorAll("[data-native]")) part.hidden = true;
  box.querySelector("[data-live]").hidden = false;
  box.classList.add("is-live");

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const item = button.closest("li");
    if (button.dataset.move === "1") item.nextElementSibling.after(item);
    else item.previousElementSibling.before(item);
    button.focus();
    write(item);
  });
  confirm.addEventListener("click", () => {
    write();
    list.querySelector("[data-move='1']").focus();
  });

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("is-dragged");
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("li");
    if (!over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    write(dragged);
    dragged = null;
  });
  box.closest("fieldset")?.addEventListener("answer-shown", follow);
  follow();
}

for (const box of document.querySelectorAll("[data-ordering]")) enliven(box);
