// Keeps the screen lit while the code is held up; without this it goes dark as it always does.
async function stayLit() {
  if (document.hidden) return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // the battery is low, or there is no leave
  }
}

document.addEventListener("visibilitychange", stayLit);
stayLit();
