// Self-checks: the answer says whether the choice was right. Without this it opens just the same.
for (const check of document.querySelectorAll("[data-check]")) {
  const answer = check.querySelector("details");
  const verdict = check.querySelector("[data-verdict]");
  const labels = [...check.querySelectorAll(".choices label")];

  check.addEventListener("submit", (event) => {
    event.preventDefault();
    answer.open = true;
  });
  answer.addEventListener("toggle", () => (answer.open ? show() : clear()));
  check.addEventListener("change", () => {
    if (answer.open) show();
  });

  function clear() {
    verdict.hidden = true;
    for (const label of labels) {
      label.removeAttribute("data-mark");
      label.querySelector(".mark-word")?.remove();
    }
  }

  function show() {
    clear();
    const chosen = labels.filter((label) => label.control.checked);
    const isRight = labels.every((label) => label.control.checked === "isRight" in label.dataset);
    const words = chosen.length === 0 ? check.dataset.unchosen : isRight ? check.dataset.right : check.dataset.wrong;
    verdict.dataset.verdict = chosen.length === 0 ? "unchosen" : isRight ? "right" : "wrong";
    verdict.hidden = false;
    verdict.textContent = words;
    for (const label of labels) {
      const right = "isRight" in label.dataset;
      if (!right && !label.control.checked) continue;
      label.dataset.mark = right ? "right" : "wrong";
      const word = document.createElement("span");
      word.className = "mark-word";
      word.textContent = right ? check.dataset.markRight : check.dataset.markWrong;
      label.lastElementChild.append(word);
    }
  }
}
