// While a certificate is being made, its card is asked for again; without this a reload shows it.
const EVERY = 10_000; // milliseconds

async function look() {
  const section = document.querySelector("[data-certificates]");
  if (!section?.querySelector("[data-waiting]")) return;
  if (!document.hidden) {
    try {
      const reply = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      for (const card of page.querySelectorAll("[data-certificate]:not([data-waiting])")) {
        const code = CSS.escape(card.dataset.certificate);
        section.querySelector(`[data-certificate="${code}"][data-waiting]`)?.replaceWith(card);
      }
    } catch {
      // no line: the next round asks again
    }
  }
  setTimeout(look, EVERY);
}

if (document.querySelector("[data-certificates] [data-waiting]")) setTimeout(look, EVERY);
