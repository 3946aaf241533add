// Drags a workshop to another day with the mouse. Nothing is moved here: the page that moves a workshop is opened with
// the new first day filled in, and the server decides. Without a mouse the link "Move" opens the same page.

const FAR = 6; // pixels after which a press is a drag
const EDGE = 72; // pixels from the rim of the window where it scrolls
const DAY = 86_400_000; // milliseconds

let drag = null;

const dayUnder = (x, y) => document.elementFromPoint(x, y)?.closest(".day[data-day], td[data-day]") ?? null;

function begin(event) {
  const entry = event.target.closest?.("[data-move]");
  if (!entry || event.pointerType !== "mouse" || event.button !== 0 || event.target.closest(".entry-move")) return;
  drag = { entry, from: entry.dataset.on, x: event.clientX, y: event.clientY, ghost: null, over: null };
}

function lift() {
  const box = drag.entry.getBoundingClientRect();
  const ghost = drag.entry.cloneNode(true);
  ghost.classList.add("is-ghost");
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  Object.assign(ghost.style, { width: `${box.width}px`, left: `${box.left}px`, top: `${box.top}px` });
  document.body.append(ghost);
  drag.ghost = ghost;
  drag.entry.classList.add("is-lifted");
  document.documentElement.classList.add("is-dragging");
  requestAnimationFrame(scroll);
}

function follow(event) {
  if (!drag) return;
  drag.at = { x: event.clientX, y: event.clientY };
  const [right, down] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.ghost && Math.hypot(right, down) < FAR) return;
  if (!drag.ghost) lift();
  drag.ghost.style.transform = `translate(${right}px, ${down}px)`;
  mark();
}

function mark() {
  const over = dayUnder(drag.at.x, drag.at.y);
  if (over === drag.over) return;
  drag.over?.classList.remove("is-target");
  if (over && over.dataset.day !== drag.from) over.classList.add("is-target");
  drag.over = over;
}

function scroll() {
  if (!drag?.ghost) return;
  const { y } = drag.at;
  const step = y < EDGE ? -12 : y > innerHeight - EDGE ? 12 : 0;
  if (step) {
    scrollBy(0, step);
    mark();
  }
  requestAnimationFrame(scroll);
}

function end() {
  drag?.ghost?.remove();
  drag?.entry.classList.remove("is-lifted");
  drag?.over?.classList.remove("is-target");
  document.documentElement.classList.remove("is-dragging");
  drag = null;
}

function drop() {
  if (!drag) return;
  const { ghost, over, from, entry } = drag;
  end();
  if (!ghost) return;
  // The click that follows a drag would open the workshop.
  addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
  setTimeout(() => dispatchEvent(new MouseEvent("click", { cancelable: true })), 0);
  if (!over || over.dataset.day === from) return;
  const first = Date.parse(entry.dataset.first) + Date.parse(over.dataset.day) - Date.parse(from);
  const to = new Date(Math.round(first / DAY) * DAY).toISOString().slice(0, 10);
  location.assign(`${entry.dataset.move}?day=${to}`);
}

addEventListener("pointerdown", begin);
addEventListener("pointermove", follow);
addEventListener("pointerup", drop);
addEventListener("pointercancel", end);
addEventListener("keydown", (event) => event.key === "Escape" && end());
// A link would otherwise be dragged as an address.
addEventListener("dragstart", (event) => event.target.closest?.("[data-move]") && event.preventDefault());
