// What the controls of a question say, in the order in which a form would send it; and the way back.
// Controls are called as the question (q3) or below it (q3.a); whatever a kind's own module does, they are the truth.

const isTick = (control) => control.type === "radio" || control.type === "checkbox";
const isTyped = (control) => control.tagName === "TEXTAREA" || (control.tagName === "INPUT" && !isTick(control));

/** The controls of a question as they stand now; a module may have added some. */
export function controlsOf(fieldset, field) {
  return [...fieldset.querySelectorAll("input, select, textarea")].filter(
    (control) => !control.disabled && (control.name === field || control.name.startsWith(`${field}.`)),
  );
}

/** The values of all successful controls, those of one name together, names as they come first. */
export function valuesOf(controls) {
  const byName = new Map();
  for (const control of controls) {
    if (isTick(control) && !control.checked) continue;
    const values = control.multiple && control.selectedOptions ? [...control.selectedOptions].map((one) => one.value) : [control.value];
    byName.set(control.name, [...(byName.get(control.name) ?? []), ...values]);
  }
  return [...byName.values()].flat();
}

/** Put values into the controls: ticks by their value, all others in their order. */
export function putInto(controls, values) {
  const left = [...values];
  for (const control of controls.filter(isTick)) {
    const place = left.indexOf(control.value);
    control.checked = place >= 0;
    if (place >= 0) left.splice(place, 1);
  }
  const names = new Map();
  for (const control of controls.filter((one) => !isTick(one))) {
    names.set(control.name, [...(names.get(control.name) ?? []), control]);
  }
  for (const control of [...names.values()].flat()) control.value = left.shift() ?? "";
}

/** Equal answers: ticks in any order, all other values in theirs. */
export function isSame(controls, one, other) {
  return canonical(controls, one) === canonical(controls, other);
}

function canonical(controls, values) {
  const ticks = new Set(controls.filter(isTick).map((control) => control.value));
  const ticked = values.filter((value) => ticks.has(value)).sort();
  return JSON.stringify([ticked, values.filter((value) => !ticks.has(value)).map((value) => value.replaceAll("\r\n", "\n"))]);
}

export const hasText = (values) => values.some((value) => value.trim() !== "");
export { isTyped };
