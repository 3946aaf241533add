// How far a file is, asked every two seconds; when the work is over the page is loaded again and shows what came of it.
// Without this module the server has the page loaded again itself.

const box = document.querySelector("[data-job]");
const [bar, text, percent] = ["bar", "text", "percent"].map((name) => box?.querySelector(`[data-job-${name}]`));
const EVERY = 2_000; // milliseconds

async function look() {
  const answer = await fetch(box.dataset.job, { headers: { accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) return location.reload();
  const job = await answer.json();
  if (job.is_over) return location.reload();
  if (text.textContent !== job.text) text.textContent = job.text;
  if (job.percent !== null) {
    bar.value = job.percent;
    if (percent) percent.textContent = `${job.percent}%`;
  }
  setTimeout(look, EVERY);
}

if (box) setTimeout(() => look().catch(() => setTimeout(look, EVERY * 5)), EVERY);
