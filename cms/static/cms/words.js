// The words of the page. They stand in its <template id="words">, so that gettext has them; none stands in a script.

const template = document.getElementById("words");
const said = new Map([...template.content.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent.trim()]));
const timeZone = template.dataset.timezone;
const [clock, day, date] = [
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }),
  new Intl.DateTimeFormat("th-TH-u-ca-buddhist", { day: "numeric", month: "short", year: "numeric", timeZone }),
  new Intl.DateTimeFormat("en-CA", { timeZone }),
];

/** The words of a name, with its {gaps} filled. */
export const word = (name, gaps = {}) => (said.get(name) ?? name).replace(/\{(\w+)\}/g, (gap, key) => gaps[key] ?? gap);
export const hasWord = (name) => said.has(name);
/** The words for one, or for many. */
export const counted = (name, count) => word(`${name}_${count === 1 ? "one" : "many"}`, { count });
/** 08:55, in the time of the site, not of the device. Instants are milliseconds everywhere. */
export const time = (instant) => word("time", { clock: clock.format(instant) });
/** 2026-11-23, to compare days with. */
export const dayOf = (instant) => date.format(instant);
export const dayAndTime = (instant) => word("day_and_time", { day: day.format(instant), time: time(instant) });
/** The time; on another day the day as well. */
export const moment = (instant, now) => (dayOf(instant) === dayOf(now) ? time(instant) : dayAndTime(instant));
