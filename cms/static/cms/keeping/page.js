// What a page asks of the worker that keeps it (worker.js).

const FILES = /\.(css|js|woff2|svg|ico)$/;

/** Ask the worker that stands in front of a page; false where there is none. */
export async function ask(page, message) {
  const registration = await navigator.serviceWorker?.getRegistration(page).catch(() => null);
  if (!registration?.active) return false;
  const { port1, port2 } = new MessageChannel();
  const said = new Promise((done) => (port1.onmessage = ({ data }) => done(data.isReady)));
  registration.active.postMessage(message, [port2]);
  return said;
}

/** Keep this page and everything it has loaded, and `more`; true once it opens without a network. Call it after `load`. */
export async function keep({ worker, scope, page, more = [] }) {
  if (!navigator.serviceWorker) return false;
  if (navigator.onLine) {
    await navigator.serviceWorker.register(worker, { scope });
    await navigator.serviceWorker.ready;
  }
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const files = loaded.filter((url) => url.startsWith(location.origin) && FILES.test(new URL(url).pathname));
  return ask(page, { page: new URL(page, location.href).href, files: [...files, ...more.map((url) => new URL(url, location.href).href)] });
}

export const loaded = () =>
  document.readyState === "complete" ? Promise.resolve() : new Promise((done) => addEventListener("load", done, { once: true }));
