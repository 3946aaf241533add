// A test in the browser: every answer is saved as it is given, and none is lost on a broken line.
// An answer waits in this browser's storage until the server has said that it is kept.

import { isSame, isTyped } from "./answers.js";
import { answerBody, post, postOnLeaving, token } from "./line.js";
import {
  BAD,
  answerOf,
  controls,
  count,
  find,
  form,
  isAnswered,
  isWaiting,
  noteSent,
  paint,
  paintOverall,
  questions,
  remark,
  say,
  show,
  store,
  strays,
  tell,
  waitingOnes,
  warn,
} from "./page.js";

const TYPING = 800; // milliseconds after the last key until a text is sent
const WAITS = [2_000, 4_000, 8_000, 15_000, 30_000]; // milliseconds between tries
const button = document.querySelector('[data-action="submit"], [data-action="next"]');
const buttonWords = button.textContent;
const dialog = document.getElementById("ask-open");

let [attempt, timer] = [0, 0]; // tries in a row that failed; when the next one is
let isHandingIn = false;
let isDelivering = false;
let isLeaving = false;
let goingTo = null; // where to, with one question per page

// --- sending -------------------------------------------------------------------------------------
const addressOf = (position) => `${say.answers}${position}/`;

/** Send the newest answer of a question; true when the line and the server are well. */
async function send(question) {
  clearTimeout(question.typing);
  if (question.isInFlight || !question.pending) return true;
  question.isInFlight = true;
  const { answer, revision } = question.pending;
  noteSent(question, answer); // before the reply: a page that is left now never hears it
  paint(question, "saving");
  const { state, status, body: said } = await post(form, addressOf(question.position), answerBody(answer, revision));
  question.isInFlight = false;
  if (state === "done") return kept(question, answer, said.revision);
  if (state === "newer") return takeNewer(question, said);
  if (state === "refused") return refuse(question, status, said.refused);
  paint(question, state === "redirected" ? "away" : state);
  if (question.words.dataset.state === "away") warn(say.out, { wayIn: true });
  return false;
}

function settle(question, revision) {
  question.pending = null;
  question.revision.value = revision;
  store.write(question.position, null);
}

function sendOn(question, revision) {
  question.revision.value = revision;
  question.pending = { ...question.pending, revision, sent: [] };
  store.write(question.position, question.pending);
  return send(question);
}

function kept(question, answer, revision) {
  attempt = 0;
  warn("");
  if (!isSame(controls(question), question.pending.answer, answer)) return sendOn(question, revision);
  settle(question, revision);
  paint(question, "saved");
  return true;
}

function takeNewer(question, { revision, answer }) {
  // An own answer whose reply was lost is no stranger's: the newest of this page goes on top of it.
  if (question.pending.sent.some((sent) => isSame(controls(question), sent, answer))) return sendOn(question, revision);
  keepAside(question);
  settle(question, revision);
  show(question, answer);
  count();
  paint(question, "newer", say.newer);
  return true;
}

/** A text that gives way to a newer one stays to be read and copied. */
function keepAside(question) {
  const written = controls(question).filter((control) => control.tagName === "TEXTAREA" && control.value.trim());
  for (const control of written) {
    const box = document.createElement("textarea");
    box.className = "textarea set-aside";
    box.readOnly = true;
    box.rows = 4;
    box.value = control.value;
    box.setAttribute("aria-label", say.aside);
    const words = document.createElement("p");
    words.className = "small muted";
    words.textContent = say.aside;
    question.words.after(words, box);
  }
}

function refuse(question, status, sentence) {
  settle(question, question.revision.value);
  if (status === 409) leave(); // handed in elsewhere, or out of time: the result tells the rest
  else paint(question, "refused", `${say.refused}: ${sentence}`);
  return true;
}

/** What was answered on another page of this test; true when the line and the server are well. */
async function sendStray(position) {
  const left = store.read(position);
  if (!left) return !strays.has(position) || strays.delete(position); // another tab has delivered it meanwhile
  const { state, status, body: said } = await post(form, addressOf(position), answerBody(left.answer, left.revision));
  if (["waiting", "failed", "away", "redirected"].includes(state)) {
    if (state === "away" || state === "redirected") warn(say.out, { wayIn: true });
    return false;
  }
  if (state === "newer" && left.sent?.some((sent) => JSON.stringify(sent) === JSON.stringify(said.answer))) {
    store.write(position, { ...left, revision: said.revision, sent: [] });
    return sendStray(position);
  }
  store.write(position, null);
  strays.delete(position);
  const about = { done: say.saved, newer: say.newer, refused: said.refused }[state];
  tell(say.about.replace("{number}", position).replace("{state}", about));
  if (state !== "done") warn(say.about.replace("{number}", position).replace("{state}", about));
  if (status === 409) leave();
  return true;
}

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(flush, WAITS[Math.min(attempt, WAITS.length - 1)] * (0.8 + Math.random() * 0.4));
  attempt += 1;
}

async function flush() {
  clearTimeout(timer);
  let isWell = true;
  for (const place of [...strays]) isWell = isWell && (await sendStray(place));
  for (const question of waitingOnes()) isWell = isWell && (await send(question));
  if (isLeaving) return;
  paintOverall();
  if (isWaiting()) schedule();
  else if (isHandingIn) await deliver();
  else if (goingTo) goOn();
}

function note(question) {
  const earlier = question.pending;
  question.untouched = null;
  question.last = answerOf(question);
  question.pending = { answer: question.last, revision: earlier?.revision ?? question.revision.value, sent: earlier?.sent ?? [] };
  store.write(question.position, question.pending);
  count();
}

const questionOf = (target) =>
  questions.find((one) => one.fieldset.contains(target) && (target.name === `q${one.position}` || target.name?.startsWith(`q${one.position}.`)));

form.addEventListener("input", (event) => {
  const question = questionOf(event.target);
  if (!question || !isTyped(event.target)) return;
  note(question);
  clearTimeout(question.typing);
  if (!BAD.includes(question.words.dataset.state)) paint(question, "saving");
  question.typing = setTimeout(() => send(question).then((isWell) => isWell || schedule()), TYPING);
});

form.addEventListener("change", (event) => {
  const question = questionOf(event.target);
  if (!question) return;
  const isNoted = isTyped(event.target) && isSame(controls(question), question.last, answerOf(question));
  if (!isNoted) note(question);
  if (question.pending) send(question).then((isWell) => isWell || schedule());
});

// --- handing in, and going on --------------------------------------------------------------------
function leave() {
  isLeaving = true;
  location.assign(say.result);
}

function busy(words) {
  button.setAttribute("aria-busy", "true");
  button.textContent = words;
}

function handIn() {
  if (isHandingIn) return;
  isHandingIn = true;
  goingTo = null;
  busy(say.handing);
  flush().then(() => isWaiting() && warn(say.held));
}

async function deliver() {
  if (isDelivering) return;
  isDelivering = true;
  form.elements.csrfmiddlewaretoken.value = token(form);
  const body = new FormData(form);
  for (const question of questions.filter((one) => !isAnswered(one))) {
    for (const control of controls(question)) body.delete(control.name);
  }
  const { state, body: said } = await post(form, say.submit, new URLSearchParams(body));
  isDelivering = false;
  if (state === "redirected") return leave();
  if (state === "refused") return stay(said.refused);
  warn(state === "away" ? say.out : say.held, { wayIn: state === "away" });
  schedule();
}

function stay(sentence) {
  isHandingIn = false;
  button.removeAttribute("aria-busy");
  button.textContent = buttonWords;
  warn(sentence);
  remark.scrollIntoView({ block: "center" });
}

function head(to) {
  goingTo = to;
  busy(say.going);
  flush().then(() => isWaiting() && warn(say.heldOn));
}

/** The answer is kept; the form leads on as it does without a script. */
function goOn() {
  isLeaving = true;
  form.elements.csrfmiddlewaretoken.value = token(form);
  const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: goingTo });
  for (const one of form.querySelectorAll('button[name="to"]')) one.disabled = true;
  for (const question of questions.filter((one) => !isAnswered(one))) {
    for (const control of controls(question)) control.disabled = true;
  }
  form.append(to);
  form.submit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (goingTo || isHandingIn) return;
  const isGoing = "single" in say && questions.length;
  const open = questions.filter((question) => !isAnswered(question));
  if (isGoing && !("sequential" in say && open.length)) return head(event.submitter?.value ?? "next");
  if (!open.length) return handIn();
  const numbers = open.map((question) => question.position).join(", ");
  const words = isGoing ? say.skip : open.length === 1 ? say.openOne : say.openMany;
  find("ask-text").textContent = words.replace(/\{numbers?\}/, numbers);
  dialog.dataset.to = isGoing ? (event.submitter?.value ?? "next") : "";
  dialog.showModal();
});

dialog.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-ask]")?.dataset.ask;
  if (!choice) return;
  dialog.close();
  if (choice === "submit") return dialog.dataset.to ? head(dialog.dataset.to) : handIn();
  const first = questions.find((question) => !isAnswered(question));
  first.fieldset.focus({ preventScroll: true });
  first.fieldset.scrollIntoView({ block: "start" });
});

// --- begin, and leave ----------------------------------------------------------------------------
const again = () => isWaiting() + isHandingIn && flush();

/** Whatever is pending goes out with the page; its reply is met when the page is opened again. */
function sendOnLeaving() {
  for (const question of waitingOnes()) {
    const { answer, revision } = question.pending;
    clearTimeout(question.typing);
    postOnLeaving(form, addressOf(question.position), answerBody(answer, revision));
    noteSent(question, answer);
  }
}

form.addEventListener("time-is-up", () => {
  if (dialog.open) dialog.close();
  handIn();
});
addEventListener("online", again);
addEventListener("pagehide", sendOnLeaving);
document.addEventListener("visibilitychange", () => (document.hidden ? waitingOnes().forEach((question) => question.isInFlight || send(question)) : again()));
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("beforeunload", (event) => {
  const isBad = waitingOnes().some((question) => BAD.includes(question.words.dataset.state));
  if (!isLeaving && isBad) event.preventDefault();
});

store.sweep();
for (const question of questions) {
  const left = store.read(question.position);
  if (!left) continue;
  show(question, left.answer);
  question.untouched = null;
  question.pending = { answer: left.answer, revision: left.revision, sent: left.sent ?? [] };
  paint(question, "waiting");
}
count();
paintOverall();
if (isWaiting()) {
  tell(say.reloaded);
  flush();
}
