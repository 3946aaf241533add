// The page of a test: its questions, what stands in them, and what the person is told.

import { controlsOf, hasText, isSame, putInto, valuesOf } from "./answers.js";
import { Store } from "./store.js";

export const form = document.getElementById("sitting");
export const say = form.dataset;
export const BAD = ["away", "failed", "waiting"];
export const find = (name) => document.querySelector(`[data-${name}]`);
export const store = new Store(say.sitting);
export const remark = find("remark");
const [live, overall] = ["live", "overall"].map(find);

// --- questions -----------------------------------------------------------------------------------
export const questions = [...form.querySelectorAll("[data-question]")].map((fieldset) => {
  const position = Number(fieldset.dataset.question);
  const words = fieldset.querySelector("[data-state]");
  const question = {
    position,
    fieldset,
    revision: fieldset.querySelector(`[name="r${position}"]`),
    words,
    number: form.querySelector(`[data-number="${position}"]`),
    pending: null, // { answer, revision, sent }: sent are answers whose reply never came
    isInFlight: false,
    typing: 0,
  };
  // Some kinds begin with something in their controls; untouched, that is no answer.
  question.last = answerOf(question);
  question.untouched = words.dataset.state === "saved" ? null : question.last;
  return question;
});
const before = Number(say.done) - questions.filter((question) => !question.untouched).length;
// Answers to questions of other pages that never reached the server.
export const strays = new Set(store.positions().filter((place) => !questions.some((question) => question.position === place)));

export function controls(question) {
  return controlsOf(question.fieldset, `q${question.position}`);
}

export function answerOf(question) {
  return valuesOf(controls(question));
}

export function isAnswered(question) {
  const answer = answerOf(question);
  return hasText(answer) && !(question.untouched && isSame(controls(question), question.untouched, answer));
}

export const waitingOnes = () => questions.filter((question) => question.pending);
export const isWaiting = () => waitingOnes().length + strays.size > 0;

/** An answer that goes out is known again as one's own, should the page be left before its reply. */
export function noteSent(question, answer) {
  const others = question.pending.sent.filter((sent) => !isSame(controls(question), sent, answer));
  question.pending.sent = [...others, answer].slice(-20);
  store.write(question.position, question.pending);
}

export function show(question, answer) {
  putInto(controls(question), answer);
  question.last = answerOf(question);
  question.fieldset.dispatchEvent(new CustomEvent("answer-shown"));
}

export function count() {
  let answered = before;
  for (const question of questions) {
    const is = isAnswered(question);
    answered += is;
    question.number?.classList.toggle("answered", is);
    if (question.number) question.number.querySelector("[data-number-word]").textContent = is ? say.doneWord : "";
  }
  find("answered-text").textContent = say.answered.replace("{done}", answered).replace("{total}", say.total);
}

// --- what the person is told ---------------------------------------------------------------------
export const tell = (sentence) => (live.textContent = sentence);

export function paint(question, state, sentence) {
  question.words.dataset.state = state;
  question.words.textContent = sentence ?? say[state] ?? "";
  paintOverall();
  if (state === "saved" || sentence) tell(say.about.replace("{number}", question.position).replace("{state}", question.words.textContent));
}

export function paintOverall() {
  const states = [...waitingOnes().map((question) => question.words.dataset.state), ...[...strays].map(() => "waiting")];
  const worst = [...BAD, "saving"].find((state) => states.includes(state)) ?? "saved";
  if (overall.dataset.state !== worst && BAD.includes(worst)) tell(say[worst]);
  overall.dataset.state = worst;
  overall.textContent = worst === "saved" && !questions.some(isAnswered) ? "" : say[worst];
}

export function warn(sentence, { wayIn = false } = {}) {
  remark.hidden = !sentence;
  find("remark-text").textContent = sentence;
  find("remark-way").hidden = !wayIn;
}
