// Pieces on a picture: tap a piece and then a zone, or drag it there. The fields stay the truth.

const DRAGGED = 6; // pixels from which a press is a drag
const ENDS = ["pointerup", "pointercancel"];

function enliven(box) {
  const area = box.querySelector("[data-area]");
  if (!area) return; // no picture: the fields alone tell it better
  const said = box.querySelector("[data-said]");
  const take = box.querySelector("[data-take]");
  const filled = (sentence, gaps) => sentence.replace(/\{(\w+)\}/g, (_all, name) => gaps[name] ?? "");

  const pieces = [...box.querySelectorAll("[data-piece]")].map((row) => ({
    button: row.querySelector("[data-pick]"),
    words: row.querySelector("[data-pick] .words").textContent.trim(),
    where: row.querySelector("[data-where]"),
    field: row.querySelector("select"),
    boxes: [...row.querySelectorAll("input[type=checkbox]")],
  }));
  const zones = [...box.querySelectorAll("li[data-zone]")].map((item) => {
    const { zone, x, y, width, height } = item.dataset;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "zone";
    Object.assign(button.style, { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` });
    const number = Object.assign(document.createElement("b"), { className: "zone-number figures", textContent: zone });
    const held = Object.assign(document.createElement("span"), { className: "held" });
    button.append(number, held);
    area.append(button);
    return { number: zone, label: item.querySelector(".words").textContent.trim(), button, held };
  });
  let picked = null;
  let hasDragged = false; // the click that ends a drag is none

  const zonesOf = ({ field, boxes }) =>
    field ? [field.selectedOptions[0]?.dataset.zone].filter(Boolean) : boxes.filter((one) => one.checked).map((one) => one.dataset.zone);

  function put(piece, number) {
    const control = piece.field ?? piece.boxes.find((one) => one.dataset.zone === number);
    if (piece.field) piece.field.value = [...piece.field.options].find((option) => option.dataset.zone === number)?.value ?? "";
    else control.checked = !control.checked;
    changed(piece, control);
  }

  function takeAway(piece) {
    if (piece.field) piece.field.value = "";
    for (const one of piece.boxes) one.checked = false;
    changed(piece, piece.field ?? piece.boxes[0]);
  }

  function changed(piece, control) {
    const numbers = zonesOf(piece);
    said.textContent = filled(numbers.length ? box.dataset.placed : box.dataset.taken, { piece: piece.words, number: numbers.join(", ") });
    pick(null);
    paint();
    control.dispatchEvent(new Event("change", { bubbles: true }));
    (pieces.find((one) => !zonesOf(one).length) ?? piece).button.focus({ preventScroll: true });
  }

  function pick(piece) {
    picked = piece;
    for (const one of pieces) one.button.setAttribute("aria-pressed", one === picked);
    area.classList.toggle("is-waiting", Boolean(picked));
    take.hidden = !picked || !zonesOf(picked).length;
  }

  // Dragging with a mouse or pen. A finger scrolls the page, so with a finger a piece is tapped.
  function follow(piece, { clientX, clientY, pointerId }) {
    const { button } = piece;
    let ghost = null;
    const move = (event) => {
      if (!ghost && Math.hypot(event.clientX - clientX, event.clientY - clientY) < DRAGGED) return;
      if (!ghost) {
        ghost = button.cloneNode(true);
        ghost.classList.add("is-ghost");
        box.append(ghost);
        pick(piece);
        hasDragged = true;
      }
      Object.assign(ghost.style, { left: `${event.clientX}px`, top: `${event.clientY}px` });
    };
    const end = (event) => {
      button.removeEventListener("pointermove", move);
      for (const name of ENDS) button.removeEventListener(name, end);
      if (!ghost) return;
      ghost.remove();
      setTimeout(() => (hasDragged = false)); // after the click
      const over = event.type === "pointerup" && document.elementFromPoint(event.clientX, event.clientY)?.closest(".zone");
      const zone = zones.find((one) => one.button === over);
      if (zone) put(piece, zone.number);
      else pick(null);
    };
    button.setPointerCapture(pointerId); // at once: a quick hand has left the button before the first move
    button.addEventListener("pointermove", move);
    for (const name of ENDS) button.addEventListener(name, end);
  }

  function paint() {
    for (const piece of pieces) {
      const numbers = zonesOf(piece);
      piece.where.replaceChildren(
        ...numbers.map((number) => Object.assign(document.createElement("b"), { className: "zone-number figures", textContent: number })),
      );
      piece.button.classList.toggle("is-placed", numbers.length > 0);
    }
    for (const zone of zones) {
      const held = pieces.filter((piece) => zonesOf(piece).includes(zone.number)).map((piece) => piece.words);
      zone.held.textContent = held.join(" · ");
      zone.button.classList.toggle("is-filled", held.length > 0);
      const words = filled(box.dataset.zoneWord, zone);
      zone.button.setAttribute("aria-label", held.length ? `${words}, ${filled(box.dataset.holds, { pieces: held.join(", ") })}` : words);
    }
  }

  for (const piece of pieces) {
    piece.button.hidden = false;
    piece.button.addEventListener("click", () => {
      if (hasDragged) return;
      pick(picked === piece ? null : piece);
      if (picked) area.scrollIntoView({ block: "nearest" });
    });
    piece.button.addEventListener("pointerdown", (event) => {
      hasDragged = false;
      if (event.pointerType !== "touch" && event.button === 0) follow(piece, event);
    });
  }
  for (const zone of zones) {
    zone.button.addEventListener("click", () => {
      if (picked) return put(picked, zone.number);
      const held = pieces.find((piece) => zonesOf(piece).includes(zone.number));
      if (held) pick(held);
      held?.button.focus();
    });
  }
  take.addEventListener("click", () => picked && takeAway(picked));
  box.addEventListener("keydown", (event) => event.key === "Escape" && pick(null));
  for (const part of box.querySelectorAll("[data-native], [data-drawn]")) part.setAttribute("hidden", "");
  box.querySelector("[data-live]").hidden = false;
  box.classList.add("is-live");
  box.closest("fieldset")?.addEventListener("answer-shown", paint);
  paint();
}

for (const box of document.querySelectorAll("[data-drag-picture]")) enliven(box);
