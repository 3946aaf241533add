// Counts the characters of an essay as it is written.

function enliven(box) {
  const text = box.querySelector("textarea");
  const words = box.querySelector("[data-count]");

  function count() {
    const length = [...text.value.trim()].length;
    words.textContent = words.dataset.words.replace("{count}", length);
    words.classList.toggle("is-short", length < Number(words.dataset.least));
  }

  words.hidden = false;
  text.addEventListener("input", count);
  box.closest("fieldset")?.addEventListener("answer-shown", count);
  count();
}

for (const box of document.querySelectorAll("[data-essay]")) enliven(box);
