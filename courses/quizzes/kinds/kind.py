"""What a question kind knows. All of it is pure: no database, clock or request."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Body = dict[str, Any]
# Letters and digits that cannot be mistaken for one another; no vowels, so that no word comes of them.
TOKEN_LETTERS = "bcdfghjkmnpqrstvwxyz23456789"  # noqa: S105  no password: it says nothing
TOKEN_LENGTH = 7
LONGEST_ANSWER = 20_000  # characters of all values of one answer together


@dataclass(frozen=True)
class Mark:
    """Points earned of points possible for one question; `awaits_person` until somebody has marked it."""

    score: float
    max_score: float
    awaits_person: bool = False


@dataclass(frozen=True)
class H5PContent:
    """A question as H5P writes it: `library` with its version ("H5P.Blanks 1.14"), `params` of its content."""

    library: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Read:
    """A question as our bank keeps it, read from H5P: what is asked (cleaned HTML) and the body of its kind."""

    kind: str
    content: str
    body: Body
    explanation: str = ""
    remarks: list[str] = field(default_factory=list)  # what could not be carried over, in sentences for authors


class Kind(ABC):
    """One kind of question. A folder beside this file holds a subclass and sets `KIND` to an instance of it."""

    code: ClassVar[str]
    name: Any  # a lazy translation
    about: Any = ""  # one sentence for authors: when to choose this kind
    # Static paths of ES modules that make it pleasant; without them it still works.
    scripts: ClassVar[tuple[str, ...]] = ()
    awaits_person: ClassVar[bool] = False
    # H5P: machine names that this kind reads; how libraries score a state, by machine name.
    reads: ClassVar[tuple[str, ...]] = ()
    scores: ClassVar[dict[str, Callable[[dict[str, Any], Any], tuple[float, float]]]] = {}

    @property
    def template(self) -> str:
        """What stands in the fieldset of a question. Context: `question`, and in it `question.shown`."""
        return f"quizzes/kinds/{self.code}/question.html"

    @property
    def review_template(self) -> str:
        """What is shown after grading. Context: `review` and `review.shown`, from `review()`."""
        return f"quizzes/kinds/{self.code}/review.html"

    # --- authors -------------------------------------------------------------------------------------
    @abstractmethod
    def form_fields(self) -> dict[str, forms.Field]:
        """The fields of the author's form that are this kind's own, by name; none is called as a Question's field."""

    @abstractmethod
    def written(self, body: Body) -> dict[str, Any]:
        """What stands in those fields for a body. `body_from(written(body), body)` cleans to the same body."""

    @abstractmethod
    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        """The body as the cleaned fields say it, not cleaned yet; parts that stay keep the ids of `before`."""

    # --- the body ------------------------------------------------------------------------------------
    def clean_body(self, body: Body) -> Body:
        """The body in its canonical form; raises ValidationError with a sentence for the author.

        Cleaning a clean body changes nothing. `h5p`, the content that a question was read from, is kept.
        """
        if not isinstance(body, dict):
            raise ValidationError(_("The content of this question has a wrong form."))
        cleaned = self.clean(body)
        if isinstance(body.get("h5p"), dict):
            cleaned["h5p"] = body["h5p"]
        return cleaned

    @abstractmethod
    def clean(self, body: Body) -> Body:
        """The kind's own part of `clean_body`."""

    def max_score(self, body: Body) -> float:
        """Points of a full answer."""
        return 1

    # --- a learner -----------------------------------------------------------------------------------
    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        """How the question is laid before one learner, drawn once and stored. It never holds the key.

        Whatever can be chosen gets a token of this sitting, so that nothing tells which is which.
        """
        return {}

    @abstractmethod
    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        """All that the page may know: tokens, texts, the learner's own answer. Nothing that tells the key."""

    @abstractmethod
    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> Any:
        """The answer to keep, in the body's own ids, from the values of the question's controls in their order.

        None when nothing was answered; ValueError for what the page could not have sent.
        """

    @abstractmethod
    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        """What the controls would send for an answer: `clean_answer(values(answer)) == answer`."""

    @abstractmethod
    def grade(self, body: Body, answer: Any) -> Mark:
        """Points for a kept answer in the academy's way; no answer earns none."""

    @abstractmethod
    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        """The answer beside the key with the reasons. Only after grading, and only as far as the quiz shows it."""

    # --- statistics ----------------------------------------------------------------------------------
    def choices_of(self, body: Body) -> list[tuple[str, str, bool]]:
        """Id, text and rightness of what can be chosen, for a table of distractors; empty when there are none."""
        return []

    def chosen(self, answer: Any) -> Sequence[str]:
        """The ids among `choices_of` that an answer chose."""
        return []

    # --- H5P -----------------------------------------------------------------------------------------
    def from_h5p(self, content: H5PContent) -> Read:
        """Read content whose machine name is among `reads`; ValueError when it is broken. Texts come out cleaned."""
        raise ValueError("nothing of H5P is read as this kind")

    def to_h5p(self, content: str, body: Body) -> H5PContent | None:
        """The question for H5P, `content` as HTML, with the same highest score as `max_score`; None when it cannot be.

        Starts from `body["h5p"]["params"]` when there are any, so that what we have no word for is kept.
        """
        return None

    def to_state(self, body: Body, answer: Any) -> Any:
        """A kept answer as the state of what `to_h5p` wrote."""
        raise ValueError("this kind is not written for H5P")


def tokens_for(ids: Sequence[str], random: Random) -> dict[str, str]:
    """A token for every id, none of them twice."""
    taken: set[str] = set()
    tokens = {}
    for identifier in ids:
        while (token := "".join(random.choices(TOKEN_LETTERS, k=TOKEN_LENGTH))) in taken:
            pass
        taken.add(token)
        tokens[identifier] = token
    return tokens


def token_of(presentation: dict[str, Any], identifier: str) -> str:
    """The token of an id; sittings from before there were tokens send the id itself."""
    return str(presentation.get("tokens", {}).get(identifier, identifier))


def id_of(presentation: dict[str, Any], token: str) -> str:
    """The id behind a token. Raises ValueError for one that was never given."""
    tokens = presentation.get("tokens")
    if tokens is None:
        return token
    for identifier, given in tokens.items():
        if given == token:
            return str(identifier)
    raise ValueError("not one of the choices")


def free_id(letter: str, taken: set[str]) -> str:
    """The first of c1, c2, … that is not taken; it is taken now."""
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    taken.add(f"{letter}{number}")
    return f"{letter}{number}"
