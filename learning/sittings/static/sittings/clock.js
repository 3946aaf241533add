// The time left of a test, shown each second and told at five minutes and at one. The server keeps the limit;
// at zero the form hears "time-is-up".

const form = document.getElementById("sitting");
const clock = document.querySelector("[data-clock]");
const live = document.querySelector("[data-live]");
const say = form.dataset;
const end = Date.now() + Number(say.secondsLeft) * 1000;
const marks = new Map([[300, say.five], [60, say.one]]);

function tick() {
  const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
  clock.textContent = say.time.replace("{time}", `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
  clock.dataset.near = left <= 60 ? "one" : left <= 300 ? "five" : "";
  for (const [mark, sentence] of marks) {
    if (left > mark) continue;
    marks.delete(mark);
    if (left > mark - 10) live.textContent = sentence;
  }
  if (left > 0) return;
  clearInterval(running);
  live.textContent = say.over;
  form.dispatchEvent(new Event("time-is-up"));
}

clock.hidden = false;
const running = setInterval(tick, 1000);
tick();
