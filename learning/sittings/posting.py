"""What a posted form says of questions; pure."""

import re

from django.http import QueryDict

from learning.sittings.flows.answering import PostedAnswer

FIELD = re.compile(r"q([1-9][0-9]{0,3})(?:\..*)?", re.ASCII | re.DOTALL)


def number_in(text: str | None) -> int:
    """A count as a page writes it; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def values_of(form: QueryDict, field: str) -> list[str]:
    """The values of a question's controls in their order: those called as the field, and `field.anything`."""
    return [value for name, values in form.lists() if name == field or name.startswith(f"{field}.") for value in values]


def posted_at(form: QueryDict, position: int) -> PostedAnswer:
    """What the form says of one question; without values it was left empty."""
    return PostedAnswer(values_of(form, f"q{position}"), number_in(form.get(f"r{position}")))


def posted_answers(form: QueryDict) -> dict[int, PostedAnswer]:
    """Everything the form says, by place."""
    found = (FIELD.fullmatch(name) for name in form)
    places = {int(match[1]) for match in found if match}
    return {place: posted_at(form, place) for place in sorted(places)}
