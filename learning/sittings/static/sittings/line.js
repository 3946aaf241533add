// The line to the server, and what became of a request.

const TIMEOUT = 15_000; // milliseconds until a silent line counts as broken

/** Signing in again in another tab gives a new one, so the cookie is read each time. */
export function token(form) {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
}

function request(form, body) {
  return {
    method: "POST",
    body,
    credentials: "same-origin",
    redirect: "manual",
    headers: { Accept: "application/json", "X-CSRFToken": token(form) },
  };
}

/** What became of a request: { state: done | redirected | refused | newer | waiting | away | failed, status, body }. */
export async function post(form, url, body) {
  let reply;
  try {
    reply = await fetch(url, { ...request(form, body), signal: AbortSignal.timeout(TIMEOUT) });
  } catch {
    return { state: "waiting", body: {} };
  }
  if (reply.type === "opaqueredirect") return { state: "redirected", body: {} };
  const said = await reply.json().catch(() => ({}));
  if (reply.ok && said.saved) return { state: "done", body: said };
  if (said.newer) return { state: "newer", body: said };
  if (said.refused) return { state: "refused", status: reply.status, body: said };
  return { state: [401, 403, 404].includes(reply.status) ? "away" : "failed", body: said };
}

/** A request that outlives the page; nobody hears its reply. */
export function postOnLeaving(form, url, body) {
  try {
    fetch(url, { ...request(form, body), keepalive: true }).catch(() => {});
  } catch {
    // more than a browser lets outlive a page: the answer waits in its storage
  }
}

export function answerBody(answer, revision) {
  const body = new URLSearchParams({ revision });
  for (const value of answer) body.append("answer", value);
  return body;
}
