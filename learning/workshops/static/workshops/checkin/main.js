// Check-in at the door. The list and the scans live on the device; the line to the site comes and goes.

import { ask, keep, loaded } from "../../cms/keeping/page.js";
import { withLatinKeys } from "../../cms/squares/keyboard.js";
import { Scanner, readsItself } from "../../cms/squares/scanner.js";
import { counted, word } from "../../cms/words.js";
import { ring } from "./bell.js";
import { Door } from "./door.js";
import { Line } from "./line.js";
import { answer, paintFacts, paintLine, paintList, paintRemarks, paintSession, tell } from "./screen.js";
import { deviceNumber, openStore } from "./store.js";

const root = document.getElementById("check-in");
const { workshop, roster, scans, worker, page, decoder } = root.dataset;
const find = (name) => root.querySelector(`[data-${name}]`);
const [field, loud] = [root.querySelector("#typed"), find("loud")];
const LOOK = 5_000; // milliseconds between two looks at the clock: a session may have begun

const store = await openStore();
const door = new Door(store, Number(workshop));
const line = new Line(door, { roster, scans, device: deviceNumber(), token });
let isReady = false;

function token() {
  // Signing in again in another tab gives a new one, so the cookie is read each time.
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : root.querySelector("[name=csrfmiddlewaretoken]").value;
}

const direction = () => root.querySelector("[name=direction]:checked").value;

function paint() {
  paintLine(line, door);
  paintFacts(door, { isReady, isLasting: store.isLasting });
  paintSession(door, direction());
  paintRemarks(door);
  return paintList(door, direction(), field.value);
}

function show(said) {
  if (!said) return;
  ring(said.tone, loud.checked);
  answer(said, show);
  line.beat();
}

// --- the three ways to show oneself ----------------------------------------------------------------
root.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const found = paint();
  if (!field.value.trim()) return;
  const said = await door.type(withLatinKeys(field.value), direction(), found > 0);
  if (!said) return tell(found ? counted("found", found) : word("nobody"));
  field.value = "";
  show(said);
  paint();
});
field.addEventListener("input", paint);

find("list").addEventListener("click", async (event) => {
  const button = event.target.closest("[data-mark]");
  if (!button) return;
  const others = [...find("list").querySelectorAll("[data-mark]")].filter((one) => one.offsetParent);
  const following = others[others.indexOf(button) + 1];
  show(await door.mark(Number(button.value), direction(), { source: "list" }));
  if (button.hidden) (following ?? field).focus({ preventScroll: true }); // a keyboard goes on from where it was
});

const scanner = new Scanner(root.querySelector("video"), decoder, async (text) => show(await door.scan(text, direction())));

async function turnCamera(isOn) {
  find("camera-note").hidden = true;
  try {
    if (isOn) await scanner.open();
    else scanner.close();
  } catch (error) {
    isOn = false;
    find("camera-note").textContent = word(error?.name === "NotAllowedError" ? "camera_refused" : "camera_missing");
    find("camera-note").hidden = false;
  }
  find("view").hidden = !isOn;
  if (isOn) find("view").scrollIntoView({ block: "start" });
  find("camera").setAttribute("aria-expanded", String(isOn));
  find("camera-word").textContent = word(isOn ? "close_camera" : "open_camera");
}

find("camera").addEventListener("click", () => turnCamera(find("view").hidden));
document.addEventListener("visibilitychange", () => document.hidden && !find("view").hidden && turnCamera(false));

// --- the rest ---------------------------------------------------------------------------------------
for (const one of root.querySelectorAll("[name=direction]")) one.addEventListener("change", paint);

find("remark-list").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) door.dropRemark(button.value);
});

loud.checked = remembered("loud") !== "no";
loud.addEventListener("change", () => remember("loud", loud.checked ? "yes" : "no"));

function remembered(name) {
  try {
    return localStorage.getItem(`check-in:${name}`);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`check-in:${name}`, value);
  } catch {
    // forbidden: until the page is closed it is as chosen
  }
}

find("forget").addEventListener("click", async () => {
  if (!confirm(word("ask_forget"))) return;
  if (!(await door.forget())) return answer({ tone: "note", head: word("not_forgotten"), more: word("not_forgotten_more") }, show);
  line.close();
  await ask(page, { forgotten: new URL(page, location.href).href });
  answer({ tone: "good", head: word("forgotten"), more: word("forgotten_more") }, show);
});

// --- opening without a network ------------------------------------------------------------------------
async function keepPage() {
  const scope = new URL("..", new URL(worker, location.href)).pathname;
  isReady = await keep({ worker, scope, page, more: (await readsItself()) ? [] : [decoder] });
  paint();
}

// --- begin ----------------------------------------------------------------------------------------------
door.addEventListener("change", paint);
line.addEventListener("change", paint);
addEventListener("beforeunload", (event) => !store.isLasting && door.scans.length && event.preventDefault());
setInterval(() => {
  paintSession(door, direction());
  paintFacts(door, { isReady, isLasting: store.isLasting });
}, LOOK);

await door.open();
root.hidden = false;
document.querySelector("[data-opening]").remove();
paint();
line.open();
if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true }); // a scanner at a cable types there
navigator.storage?.persist?.().catch(() => {});
await loaded();
keepPage().catch(() => paint());
