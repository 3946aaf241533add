// A test in the browser: every answer is saved as it is given, and none is lost on a broken line.
// An answer waits in this browser's storage until the server has said that it is kept.

const form = document.getElementById("sitting");
const say = form.dataset;
const TIMEOUT = 15_000; // milliseconds until a silent line counts as broken
const WAITS = [2_000, 4_000, 8_000, 15_000, 30_000]; // milliseconds between tries
const STALE = 7 * 24 * 3_600_000; // milliseconds an unsent answer of another test is kept
const find = (name) => document.querySelector(`[data-${name}]`);
const [live, overall, remark] = ["live", "overall", "remark"].map(find);
const button = document.querySelector('[data-action="submit"]');
const buttonWords = button.textContent;
const dialog = document.getElementById("ask-open");

let [attempt, timer] = [0, 0]; // tries in a row that failed; when the next one is
let isHandingIn = false;
let isDelivering = false;
let isLeaving = false;

// --- what this browser keeps ---------------------------------------------------------------------
const keyOf = (question) => `sitting:${say.sitting}:${question.position}`;

const store = {
  read(question) {
    try {
      return JSON.parse(localStorage.getItem(keyOf(question)));
    } catch {
      return null;
    }
  },
  write(question) {
    try {
      if (question.pending) localStorage.setItem(keyOf(question), JSON.stringify({ ...question.pending, at: Date.now() }));
      else localStorage.removeItem(keyOf(question));
    } catch {
      // full or forbidden: the answer still waits in this page
    }
  },
  sweep() {
    try {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith("sitting:"))) {
        if (Date.now() - (JSON.parse(localStorage.getItem(key))?.at ?? 0) > STALE) localStorage.removeItem(key);
      }
    } catch {
      // nothing to sweep
    }
  },
};

// --- questions -----------------------------------------------------------------------------------
const questions = [...form.querySelectorAll("[data-question]")].map((fieldset) => {
  const position = Number(fieldset.dataset.question);
  return {
    position,
    fieldset,
    inputs: [...fieldset.querySelectorAll(`[name="q${position}"]`)],
    revision: fieldset.querySelector(`[name="r${position}"]`),
    words: fieldset.querySelector("[data-state]"),
    number: form.querySelector(`[data-number="${position}"]`),
    pending: null, // { answer, revision, sent }: sent are answers whose reply never came
    isInFlight: false,
  };
});

const answerOf = (question) => question.inputs.filter((input) => input.checked).map((input) => input.value);
const asList = (answer) => (Array.isArray(answer) ? answer : answer == null ? [] : [answer]);
const isSame = (one, other) => [...asList(one)].sort().join("\n") === [...asList(other)].sort().join("\n");
const waitingOnes = () => questions.filter((question) => question.pending);

function show(question, answer) {
  const chosen = new Set(asList(answer));
  for (const input of question.inputs) input.checked = chosen.has(input.value);
}

function count() {
  let answered = 0;
  for (const question of questions) {
    const isAnswered = answerOf(question).length > 0;
    answered += isAnswered;
    question.number.classList.toggle("answered", isAnswered);
    question.number.querySelector("[data-number-word]").textContent = isAnswered ? say.doneWord : "";
  }
  find("answered-text").textContent = say.answered.replace("{done}", answered).replace("{total}", say.total);
}

// --- what the person is told ---------------------------------------------------------------------
function paint(question, state, sentence) {
  question.words.dataset.state = state;
  question.words.textContent = sentence ?? say[state] ?? "";
  paintOverall();
  if (state === "saved" || sentence) tell(say.about.replace("{number}", question.position).replace("{state}", question.words.textContent));
}

function paintOverall() {
  const states = waitingOnes().map((question) => question.words.dataset.state);
  const worst = ["away", "failed", "waiting", "saving"].find((state) => states.includes(state)) ?? "saved";
  if (overall.dataset.state !== worst && worst !== "saving" && worst !== "saved") tell(say[worst]);
  overall.dataset.state = worst;
  overall.textContent = worst === "saved" && !questions.some((question) => answerOf(question).length) ? "" : say[worst];
}

const tell = (sentence) => (live.textContent = sentence);

function warn(sentence, { wayIn = false } = {}) {
  remark.hidden = !sentence;
  find("remark-text").textContent = sentence;
  find("remark-way").hidden = !wayIn;
}

// --- the line ------------------------------------------------------------------------------------
function token() {
  // Signing in again in another tab gives a new one, so the cookie is read each time.
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
}

/** What became of a request: { state: done | redirected | refused | newer | waiting | away | failed, body }. */
async function post(url, body) {
  let reply;
  try {
    reply = await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    return { state: "waiting", body: {} };
  }
  if (reply.type === "opaqueredirect") return { state: "redirected", body: {} };
  const said = await reply.json().catch(() => ({}));
  if (reply.ok && said.saved) return { state: "done", body: said };
  if (said.newer) return { state: "newer", body: said };
  if (said.refused) return { state: "refused", status: reply.status, body: said };
  return { state: [401, 403, 404].includes(reply.status) ? "away" : "failed", body: said };
}

/** Send the newest answer of a question; true when the line and the server are well. */
async function send(question) {
  if (question.isInFlight || !question.pending) return true;
  question.isInFlight = true;
  const { answer, revision } = question.pending;
  paint(question, "saving");
  const body = new URLSearchParams({ revision });
  for (const value of answer) body.append("answer", value);
  const { state, status, body: said } = await post(form.action.replace(/submit\/$/, `answers/${question.position}/`), body);
  question.isInFlight = false;
  if (state === "done") return kept(question, answer, said.revision);
  if (state === "newer") return takeNewer(question, said);
  if (state === "refused") return refuse(question, status, said.refused);
  if (state === "waiting") question.pending.sent = [...question.pending.sent, answer].slice(-20);
  store.write(question);
  paint(question, state === "redirected" ? "away" : state);
  if (question.words.dataset.state === "away") warn(say.out, { wayIn: true });
  return false;
}

function settle(question, revision) {
  question.pending = null;
  question.revision.value = revision;
  store.write(question);
}

function sendOn(question, revision) {
  question.revision.value = revision;
  question.pending = { ...question.pending, revision, sent: [] };
  store.write(question);
  return send(question);
}

function kept(question, answer, revision) {
  attempt = 0;
  warn("");
  if (!isSame(question.pending.answer, answer)) return sendOn(question, revision);
  settle(question, revision);
  paint(question, "saved");
  return true;
}

function takeNewer(question, { revision, answer }) {
  // An own answer whose reply was lost is no stranger's: the newest of this page goes on top of it.
  if (question.pending.sent.some((sent) => isSame(sent, answer))) return sendOn(question, revision);
  settle(question, revision);
  show(question, answer);
  count();
  paint(question, "newer", say.newer);
  return true;
}

function refuse(question, status, sentence) {
  settle(question, question.revision.value);
  if (status === 409) leave(); // handed in elsewhere, or out of time: the result tells the rest
  else paint(question, "refused", `${say.refused}: ${sentence}`);
  return true;
}

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(flush, WAITS[Math.min(attempt, WAITS.length - 1)] * (0.8 + Math.random() * 0.4));
  attempt += 1;
}

async function flush() {
  clearTimeout(timer);
  for (const question of waitingOnes()) if (!(await send(question))) break;
  if (isLeaving) return;
  if (waitingOnes().length) schedule();
  else if (isHandingIn) await deliver();
}

form.addEventListener("change", (event) => {
  const question = questions.find((one) => one.inputs.includes(event.target));
  if (!question) return;
  const before = question.pending;
  question.pending = { answer: answerOf(question), revision: before?.revision ?? question.revision.value, sent: before?.sent ?? [] };
  store.write(question);
  count();
  send(question).then((isWell) => isWell || schedule());
});

// --- handing in ----------------------------------------------------------------------------------
function leave() {
  isLeaving = true;
  location.assign(say.result);
}

function handIn() {
  if (isHandingIn) return;
  isHandingIn = true;
  button.setAttribute("aria-busy", "true");
  button.textContent = say.handing;
  flush().then(() => waitingOnes().length && warn(say.held));
}

async function deliver() {
  if (isDelivering) return;
  isDelivering = true;
  form.elements.csrfmiddlewaretoken.value = token();
  const { state, body } = await post(form.action, new URLSearchParams(new FormData(form)));
  isDelivering = false;
  if (state === "redirected") return leave();
  if (state === "refused") return stay(body.refused);
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

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const open = questions.filter((question) => answerOf(question).length === 0);
  if (isHandingIn || !open.length) return handIn();
  const numbers = open.map((question) => question.position).join(", ");
  find("ask-text").textContent = (open.length === 1 ? say.openOne : say.openMany).replace(/\{numbers?\}/, numbers);
  dialog.showModal();
});

dialog.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-ask]")?.dataset.ask;
  if (!choice) return;
  dialog.close();
  if (choice === "submit") return handIn();
  const first = questions.find((question) => answerOf(question).length === 0);
  first.fieldset.focus({ preventScroll: true });
  first.fieldset.scrollIntoView({ block: "start" });
});

// --- begin ---------------------------------------------------------------------------------------
const again = () => waitingOnes().length + isHandingIn && flush();
form.addEventListener("time-is-up", () => {
  if (dialog.open) dialog.close();
  handIn();
});
addEventListener("online", again);
document.addEventListener("visibilitychange", () => !document.hidden && again());
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("beforeunload", (event) => !isLeaving && waitingOnes().length && event.preventDefault());

store.sweep();
for (const question of questions) {
  const left = store.read(question);
  if (!left) continue;
  show(question, left.answer);
  question.pending = { answer: asList(left.answer), revision: left.revision, sent: left.sent ?? [] };
  paint(question, "waiting");
}
count();
paintOverall();
if (waitingOnes().length) {
  tell(say.reloaded);
  flush();
}
