// Which part of the workshop is now. Instants are milliseconds by the site's clock, never by the device's own.

const LAST_PART = 1 / 4; // of a session: who shows the ticket again then may be leaving

export const readSessions = (sessions) =>
  sessions
    .map(({ id, label, ...times }) => ({ id, label, ...Object.fromEntries(Object.entries(times).map(([name, text]) => [name, Date.parse(text)])) }))
    .sort((one, other) => one.starts - other.starts);

export const isOpen = (session, now) => session.opens <= now && now < session.closes;

/** The session to mark; null between two. Where two overlap, people come to the later and leave the one they are in. */
export function current(sessions, now, direction = "in", isInside = () => false) {
  const open = sessions.filter((session) => isOpen(session, now));
  if (direction === "in") return open[open.length - 1] ?? null;
  return open.find((session) => isInside(session.id)) ?? open[0] ?? null;
}

export const next = (sessions, now) => sessions.find((session) => session.opens > now) ?? null;

export const isNearEnd = (session, now) => now >= session.ends - (session.ends - session.starts) * LAST_PART;
