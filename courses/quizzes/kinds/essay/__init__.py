"""A text of one's own, marked by a person; keywords are a hint for who marks."""

from decimal import Decimal
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.essay import author, h5p
from courses.quizzes.kinds.essay.matching import LONGEST_KEYWORD, MOST_ALTERNATIVES, hits_of, text_of
from courses.quizzes.kinds.javascript import as_text, number, units
from courses.quizzes.kinds.kind import LONGEST_ANSWER, Body, H5PContent, Kind, Mark, Read
from courses.quizzes.kinds.lines import items_of, one_line
from courses.quizzes.markup import clean_html
from courses.quizzes.texts import cleaned as one_spelling

MOST_POINTS = 1000
MOST_LINES = 100
ROWS = 8


class Essay(Kind):
    code = "essay"
    name = gettext_lazy("Essay")
    about = gettext_lazy("A text in the learner's own words. A person marks it.")
    scripts = ("quizzes/kinds/essay/essay.js",)
    awaits_person = True
    reads = (h5p.LIBRARY,)
    scores = {h5p.LIBRARY: h5p.score}

    def form_fields(self) -> dict[str, forms.Field]:
        return author.form_fields()

    def written(self, body: Body) -> dict[str, Any]:
        return author.written(body)

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return author.body_from(cleaned, before)

    def clean(self, body: Body) -> Body:
        rubric = items_of(body.get("rubric", []), "r", ["criterion"])
        for line, raw in zip(rubric, body.get("rubric", []), strict=True):
            line["points"] = _points(raw.get("points"))
            if not line["criterion"] or not line["points"]:
                raise ValidationError(_("Each criterion needs words and points."))
        total = sum((Decimal(str(line["points"])) for line in rubric), Decimal(0))
        points = _points(body.get("points") or (total if rubric else None))
        if rubric and total != Decimal(str(points)):
            raise ValidationError(
                _("The criteria add up to %(total)s points, the essay gives %(points)s. Make them equal.")
                % {"total": f"{total:f}", "points": points}
            )
        keywords = items_of(body.get("keywords", []), "k", ["keyword"])
        if len(keywords) > MOST_LINES or len(rubric) > MOST_LINES:
            raise ValidationError(_("There are too many lines. At most %(count)d are read.") % {"count": MOST_LINES})
        for keyword, raw in zip(keywords, body.get("keywords", []), strict=True):
            keyword.update(_keyword(keyword["keyword"], raw))
        fewest, most = _length(body.get("min_length")), _length(body.get("max_length"))
        if most and fewest > most:
            raise ValidationError(_("The fewest characters are more than the most."))
        sample = as_text(body.get("sample")).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
        if len(sample) > LONGEST_ANSWER:
            raise ValidationError(_("The good answer is too long."))
        return {
            "points": points,
            "rubric": rubric,
            "keywords": keywords,
            "sample": sample,
            "min_length": fewest,
            "max_length": most,
        }

    def max_score(self, body: Body) -> float:
        return float(body["points"])

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        fewest, most = body["min_length"], body["max_length"]
        return {
            "text": as_text(answer),
            "points": body["points"],
            "min_length": fewest,
            "max_length": most or LONGEST_ANSWER,
            "has_limit": bool(most),
            "rows": ROWS,
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> str | None:
        if len(values) > 1:
            raise ValueError("one text is wanted")
        text = values[0].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip() if values else ""
        if len(units(text)) > (body["max_length"] or LONGEST_ANSWER):
            raise ValueError("longer than the field is")
        return text if text.strip() else None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [as_text(answer)]

    def grade(self, body: Body, answer: Any) -> Mark:
        """None until a person has read it."""
        return Mark(0, self.max_score(body), awaits_person=True)

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        return {"text": as_text(answer), "sample": body["sample"], "rubric": body["rubric"], "points": body["points"]}

    def keyword_hint(self, body: Body, text: str) -> list[str]:
        """The keywords that a text holds, for who marks it.

        Kinder than H5P: in one spelling, and inside a row of Thai words too, since Thai has no blanks between them.
        """
        return [keyword["keyword"] for keyword in body["keywords"] if _is_in(keyword, as_text(text))]

    def from_h5p(self, content: H5PContent) -> Read:
        asked = clean_html(as_text(content.params.get("taskDescription"))) or f"<p>{_('Write your answer.')}</p>"
        return Read(self.code, asked, h5p.body_of(content.params))

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.written(content, body)

    def to_state(self, body: Body, answer: Any) -> Any:
        return {"inputField": as_text(answer), "viewState": "task"} if answer else {}


def _is_in(keyword: dict[str, Any], text: str) -> bool:
    plain = [one for one in [keyword["keyword"], *keyword["alternatives"]] if one.strip("*/")]
    said = one_spelling(text)
    for one in plain:
        wanted = one_spelling(one.strip("*"))
        is_word = "*" not in one.strip("*") and not one.startswith("/")
        if (
            is_word
            and wanted
            and (wanted in said if keyword["case_sensitive"] else wanted.casefold() in said.casefold())
        ):
            return True
    options = {"caseSensitive": keyword["case_sensitive"], "forgiveMistakes": keyword["forgive_mistakes"]}
    return bool(hits_of({**keyword, "options": options}, text_of(said), {}))


def _keyword(word: str, raw: dict[str, Any]) -> dict[str, Any]:
    alternatives = raw.get("alternatives", [])
    if not isinstance(alternatives, list) or len(alternatives) >= MOST_ALTERNATIVES:
        raise ValidationError(_("A keyword has too many other words."))
    others = [one for one in (one_line(other) for other in alternatives) if one]
    if not word or any(len(one) > LONGEST_KEYWORD for one in [word, *others]):
        raise ValidationError(_("A keyword is empty or longer than %(count)d characters.") % {"count": LONGEST_KEYWORD})
    times = _whole(raw.get("occurrences", 1))
    if not 1 <= times <= MOST_LINES:
        raise ValidationError(
            _("Say how often a keyword counts with a number from 1 to %(count)d.") % {"count": MOST_LINES}
        )
    return {
        "alternatives": others,
        "points": _points(raw.get("points", 1), fewest=0),
        "occurrences": times,
        "case_sensitive": raw.get("case_sensitive") is True,
        "forgive_mistakes": raw.get("forgive_mistakes") is True,
    }


def _points(value: Any, *, fewest: float = 0.01) -> float:
    """Points to a hundredth."""
    given = number(str(value) if isinstance(value, Decimal) else value)
    points = round(given, 2)
    if isinstance(value, (bool, list, dict)) or not fewest <= points <= MOST_POINTS:
        raise ValidationError(_("Points are a number up to %(count)d.") % {"count": MOST_POINTS})
    return int(points) if points == int(points) else points


def _whole(value: Any) -> int:
    return int(number(value)) if not isinstance(value, bool) else 0


def _length(value: Any) -> int:
    length = _whole(value)
    if not 0 <= length <= LONGEST_ANSWER:
        raise ValidationError(_("Lengths are numbers from 0 to %(count)d.") % {"count": LONGEST_ANSWER})
    return length


KIND = Essay()


def keyword_hint(body: Body, text: str) -> list[str]:
    """The keywords that a text holds."""
    return KIND.keyword_hint(body, text)
