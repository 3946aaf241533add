// Copies the address of a calendar. Without a script, or without leave to copy, it stands in its line to be selected.
const button = document.querySelector("[data-copy]");
const line = document.querySelector("[data-copy-from]");
if (button && line && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(line.value);
      button.querySelector("span").textContent = button.dataset.copied;
    } catch {
      line.select();
    }
  });
}
