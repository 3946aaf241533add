// Opens a page where there is no network. It keeps the page and its files; never what somebody enters into it.
// The page tells what it is made of, so that this file needs no list of names that change with every release.
// Whoever imports it names before, in `kept`, the cache (a name, a hyphen, a number) and the paths of its pages.

const { cache: CACHE, page: PAGE } = self.kept;
const SERIES = CACHE.replace(/\d+$/, "");
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // such a name never changes its content
const FILES = ["style", "script", "font", "image"];
const PATIENCE = 4_000; // milliseconds until a slow line gives way to what is kept
const IMPORTS = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

const ours = () => caches.open(CACHE);
const kept = async (url) => (await ours()).match(url, { ignoreVary: true });
const isWhole = (reply) => reply.ok && !reply.redirected && reply.type === "basic";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  const old = (await caches.keys()).filter((name) => name.startsWith(SERIES) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (PAGE.test(url.pathname) && !url.search) event.respondWith(freshest(event));
  } else if (FILES.includes(request.destination)) {
    event.respondWith(HASHED.test(url.pathname) ? kept(url.href).then((copy) => copy ?? fetch(request)) : freshest(event));
  }
});

/** From the network; from what is kept when that is broken, slow or in trouble. */
async function freshest(event) {
  const { request } = event;
  const { url } = request;
  const copy = await kept(url);
  // Modules are imported by names without a hash: one of yesterday must not meet one of today.
  const asked = request.mode === "navigate" ? fetch(request) : fetch(request, { cache: "no-cache" });
  if (!copy) return asked;
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const reply = await Promise.race([asked, late]).catch(() => null);
  if (!reply || reply.status >= 500) return copy;
  if (isWhole(reply)) event.waitUntil(put(url, reply.clone()));
  return reply;
}

const put = async (url, reply) => (await ours()).put(url, reply);

self.addEventListener("message", (event) => {
  const { page, files, forgotten } = event.data;
  const work = forgotten ? ours().then((cache) => cache.delete(forgotten)) : keep(page, files);
  event.waitUntil(
    work.then(
      () => event.ports[0].postMessage({ isReady: true }),
      () => event.ports[0].postMessage({ isReady: false }),
    ),
  );
});

/** Fetch the page and everything it is made of; what an older page was made of goes. */
async function keep(page, files) {
  const [cache, wanted] = [await ours(), [...new Set(files)]];
  for (let place = 0; place < wanted.length; place += 1) {
    const url = wanted[place];
    const copy = (HASHED.test(url) && (await kept(url))) || (await renewed(url));
    if (!/\.m?js$/.test(new URL(url).pathname)) continue;
    for (const [, path] of (await copy.text()).matchAll(IMPORTS)) {
      const found = new URL(path, url).href;
      if (!wanted.includes(found)) wanted.push(found);
    }
  }
  await renewed(page);
  for (const { url } of await cache.keys()) {
    if (!PAGE.test(new URL(url).pathname) && !wanted.includes(url)) await cache.delete(url);
  }
}

/** Fresh into the cache; without a network what is there will do. Raises when there is neither. */
async function renewed(url) {
  const reply = await fetch(url, { credentials: "same-origin", cache: "no-cache" }).catch(() => null);
  if (!reply || !isWhole(reply)) {
    const copy = await kept(url);
    if (copy) return copy;
    throw new Error(`${reply?.status ?? "Nothing"} from ${url}`);
  }
  await put(url, reply.clone());
  return reply;
}
