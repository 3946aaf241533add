// Shares an address by the phone's own menu, or copies it. Without a script it stands in its line to be selected.
for (const button of document.querySelectorAll("[data-share]")) {
  const address = button.dataset.share;
  const facts = { title: button.dataset.shareTitle, url: address };
  const canShare = typeof navigator.share === "function" && (navigator.canShare?.(facts) ?? true);
  if (!canShare && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (canShare) {
        await navigator.share(facts);
      } else {
        await navigator.clipboard.writeText(address);
        button.querySelector("span").textContent = button.dataset.done;
      }
    } catch {
      // closed without sharing, or no leave to copy: the line is there
      [...document.querySelectorAll("input[readonly]")].find((line) => line.value === address)?.select();
    }
  });
}
