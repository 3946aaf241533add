// The check without a network: a square or a text comes in, a verdict goes on the page. Nothing leaves the device.

import { keep, loaded } from "../../cms/keeping/page.js";
import { withLatinKeys } from "../../cms/squares/keyboard.js";
import { Scanner, readsItself, squaresIn } from "../../cms/squares/scanner.js";
import { dayOf, word } from "../../cms/words.js";
import { Kept } from "./kept.js";
import { isProof } from "./proof.js";
import { clear, note, paintState, show, tell } from "./screen.js";
import { OLD, judge } from "./verdict.js";
import "./install.js";

const root = document.getElementById("offline-check");
const { keys, worker, page, decoder } = root.dataset;
const find = (name) => root.querySelector(`[data-${name}]`);
const LOOK = 60_000; // milliseconds between two looks at the clock
const AGE = 3_600_000; // milliseconds after which a page that is looked at again fetches the list anew
const WIDTH = 1080; // pixels of the camera's picture: the square has up to 57 modules

const kept = new Kept(keys);
let [isReady, hasAsked, last] = [null, false, { text: "", code: "" }]; // null: not known yet

const paint = () => paintState(kept, { isReady, hasAsked, isOld: kept.known && Date.now() - kept.madeAt > OLD });

const verdictOn = (text) => judge(text, kept.known, { now: Date.now(), dayOf });

async function check(text) {
  note("");
  const said = await verdictOn(text);
  last = { text, code: said.code };
  show(said, kept);
}

// --- the three ways -----------------------------------------------------------------------------------
find("paste").addEventListener("submit", (event) => {
  event.preventDefault();
  check(withLatinKeys(find("text").value));
});

find("picture").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  target.value = ""; // the same picture may be chosen again
  if (!file) return;
  note(word("looking"));
  const found = await squaresIn(file, decoder, isProof).catch(() => null);
  if (found?.length) return check(found[0]);
  last = { text: "", code: "" };
  clear();
  note(word(found ? "no_square" : "no_picture"));
});

const scanner = new Scanner(
  root.querySelector("video"),
  decoder,
  (text) => {
    if (isProof(text)) turnCamera(false);
    check(text);
  },
  { wanted: isProof, width: WIDTH },
);

async function turnCamera(isOn) {
  note("");
  try {
    if (isOn) await scanner.open();
    else scanner.close();
  } catch (error) {
    isOn = false;
    note(word(error?.name === "NotAllowedError" ? "camera_refused" : "camera_missing"));
  }
  find("view").hidden = !isOn;
  if (isOn) find("view").scrollIntoView({ block: "start" });
  find("camera").setAttribute("aria-expanded", String(isOn));
  find("camera-word").textContent = word(isOn ? "close_camera" : "open_camera");
}

find("camera").addEventListener("click", () => turnCamera(find("view").hidden));

// --- the list ------------------------------------------------------------------------------------------
async function refresh() {
  tell(word("refreshing"));
  tell(word((await kept.refresh()) ? "refreshed" : kept.known ? "not_refreshed" : "still_empty"));
  paint();
}

find("refresh").addEventListener("click", refresh);
addEventListener("online", () => kept.refresh());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return find("view").hidden || turnCamera(false);
  if (!kept.known || Date.now() - kept.madeAt > AGE) kept.refresh();
});
kept.addEventListener("change", async () => {
  paint();
  if (last.code && (await verdictOn(last.text)).code !== last.code) check(last.text); // revoked a moment ago, say
});
setInterval(paint, LOOK);

// --- begin ----------------------------------------------------------------------------------------------
root.hidden = false;
document.querySelector("[data-opening]").remove();
paint();
kept.refresh().then(() => {
  hasAsked = true;
  paint();
});
await loaded();
isReady = await keep({ worker, scope: page, page, more: (await readsItself()) ? [] : [decoder] }).catch(() => false);
paint();
