// The hint how to keep the page on the home screen. Nothing comes up by itself; what the browser offers waits for a finger.

const hint = document.querySelector("[data-install]");
const now = hint.querySelector("[data-install-now]");
let offer = null; // the browser's own question, which can be asked once

const hide = () => (hint.hidden = true);

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  now.hidden = false;
});

now.querySelector("button").addEventListener("click", async () => {
  const asked = offer;
  [offer, now.hidden] = [null, true];
  hint.querySelector("summary").focus();
  await asked?.prompt();
});

addEventListener("appinstalled", hide);
if (matchMedia("(display-mode: standalone)").matches || navigator.standalone) hide();
