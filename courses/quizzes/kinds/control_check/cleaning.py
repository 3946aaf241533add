"""The body of a control check in its canonical form, and how authors write it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.bookkeeping import rows_of
from courses.quizzes.kinds.kind import Body, free_id
from courses.quizzes.kinds.lines import one_line

ACTORS, STEPS, FIXES = (2, 5), (3, 12), (2, 6)
LONGEST = 500  # characters of a text


def clean_process(body: Body) -> Body:
    actors = _actors(body.get("actors"))
    steps = _with_ids(_texts(body.get("steps"), ("actor", "text", "document"), _step_words()), "s", STEPS, "text")
    for step in steps:
        if step["actor"] not in actors:
            raise ValidationError(_("“%(actor)s” does a step and is not among the people.") % {"actor": step["actor"]})
    weaknesses = _weaknesses(body.get("weaknesses"), [step["id"] for step in steps])
    fixes = _with_ids(_texts(body.get("fixes"), ("text", "weakness", "why"), _fix_words()), "f", FIXES, "text")
    known = {weakness["id"] for weakness in weaknesses}
    if any(fix["weakness"] not in known | {""} for fix in fixes) or sum(bool(fix["weakness"]) for fix in fixes) != 1:
        raise ValidationError(_("Exactly one of the ways to mend it is right."))
    return {"actors": actors, "steps": steps, "weaknesses": weaknesses, "fixes": fixes}


def _step_words() -> str:
    return _("A step says who does what with which document, in this order.")


def _fix_words() -> str:
    return _("A way to mend it has a text.")


def _actors(raw: Any) -> list[str]:
    actors = [one_line(one) for one in raw] if isinstance(raw, list) else []
    low, high = ACTORS
    if not low <= len(actors) <= high or "" in actors or len(set(actors)) != len(actors):
        raise ValidationError(
            _("Name between %(low)d and %(high)d people who take part, each once.") % {"low": low, "high": high}
        )
    return actors


def _texts(raw: Any, parts: tuple[str, ...], sentence: str) -> list[dict[str, str]]:
    """Parts of each item as texts; the id where one is given."""
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise ValidationError(sentence)
    cleaned = []
    for item in raw:
        values = {part: one_line(item.get(part)) for part in parts}
        values["text"] = values["text"].lstrip("* ")  # an author's mark for the right one
        first = [value for part, value in values.items() if part != parts[-1]]
        if not values["text"] or max(map(len, values.values())) > LONGEST or any("|" in value for value in first):
            raise ValidationError(sentence)
        cleaned.append({"id": str(item.get("id") or ""), **values})
    return cleaned


def _with_ids(items: list[dict[str, str]], letter: str, number: tuple[int, int], part: str) -> list[dict[str, str]]:
    low, high = number
    if not low <= len(items) <= high:
        raise ValidationError(
            _("Give between %(low)d and %(high)d steps, and between %(least)d and %(most)d ways to mend them.")
            % {"low": STEPS[0], "high": STEPS[1], "least": FIXES[0], "most": FIXES[1]}
        )
    taken = {item["id"] for item in items if item["id"]}
    for item in items:
        item["id"] = item["id"] or free_id(letter, taken)
    if len({item["id"] for item in items}) != len(items):
        raise ValidationError(_("Two of them carry the same identifier."))
    if len({tuple(value for key, value in item.items() if key != "id") for item in items}) != len(items):
        raise ValidationError(_("Two of them say the same. Change one."))
    return items


def _weaknesses(raw: Any, steps: list[str]) -> list[dict[str, Any]]:
    """Where duties are not separated; not every step may be one, or there is nothing to find."""
    sentence = _("Say which steps are weak, and why.")
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise ValidationError(sentence)
    taken = {str(item["id"]) for item in raw if item.get("id")}
    cleaned = []
    for item in raw:
        named = item.get("steps")
        weak = [str(one) for one in named] if isinstance(named, list) else []
        reason = one_line(item.get("reason"))
        if not weak or not reason or len(reason) > LONGEST or not set(weak) <= set(steps):
            raise ValidationError(sentence)
        identifier = str(item.get("id") or free_id("w", taken))
        cleaned.append({"id": identifier, "steps": [one for one in steps if one in weak], "reason": reason})
    if len({item["id"] for item in cleaned}) != len(cleaned):
        raise ValidationError(_("Two of them carry the same identifier."))
    if len({one for item in cleaned for one in item["steps"]}) == len(steps):
        raise ValidationError(_("Every step is weak. Leave some that are in order."))
    return cleaned


# --- what authors write ------------------------------------------------------------------------------
def steps_from(text: str, before: Body) -> list[dict[str, str]]:
    return _kept(rows_of(text), ("actor", "text", "document"), before.get("steps", []))


def weaknesses_from(text: str, steps: list[dict[str, str]], before: Body) -> list[dict[str, Any]]:
    """`3, 5 | why` a line: the numbers of the steps as they stand."""
    known = before.get("weaknesses", [])
    found = []
    for place, row in enumerate(rows_of(text, 2)):
        numbers = [number.strip() for number in row[0].split(",")]
        named = [
            steps[int(number) - 1]["id"]
            for number in numbers
            if number.isascii() and number.isdigit() and 0 < int(number) <= len(steps)
        ]
        identifier = known[place]["id"] if place < len(known) else ""
        found.append({"id": identifier, "steps": named, "reason": "".join(row[1:])})
    return found


def fixes_from(text: str, weaknesses: list[dict[str, Any]], before: Body) -> list[dict[str, str]]:
    """`* text | why` for the right one, `text | why` for the others."""
    fixes = _kept(rows_of(text, 2), ("text", "why"), before.get("fixes", []))
    known = before.get("fixes", [])
    first = weaknesses[0]["id"] if weaknesses else "w1"
    for place, fix in enumerate(fixes):
        is_right = fix["text"].startswith("*")
        kept = known[place]["weakness"] if place < len(known) else ""
        fix["text"] = fix["text"].removeprefix("*").strip()
        fix["weakness"] = (kept or first) if is_right else ""
    return fixes


def _kept(rows: list[list[str]], parts: tuple[str, ...], known: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows as items; one that keeps its line keeps its id."""
    taken = {str(item["id"]) for item in known}
    letter = "s" if "actor" in parts else "f"
    items = []
    for place, row in enumerate(rows):
        identifier = known[place]["id"] if place < len(known) else free_id(letter, taken)
        items.append({"id": identifier, **dict(zip(parts, [*row, *[""] * len(parts)], strict=False))})
    return items


def steps_text(body: Body) -> str:
    return "\n".join(" | ".join([one["actor"], one["text"], one["document"]]) for one in body["steps"])


def weaknesses_text(body: Body) -> str:
    places = {step["id"]: str(number) for number, step in enumerate(body["steps"], 1)}
    return "\n".join(
        f"{', '.join(places[step] for step in one['steps'])} | {one['reason']}" for one in body["weaknesses"]
    )


def fixes_text(body: Body) -> str:
    return "\n".join(f"{'* ' if one['weakness'] else ''}{one['text']} | {one['why']}" for one in body["fixes"])
