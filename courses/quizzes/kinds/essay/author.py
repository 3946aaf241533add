"""The author's form of an essay: rubric and keywords line by line, columns between upright strokes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.kind import Body
from courses.quizzes.kinds.lines import kept_ids, rows_of

STROKE = "|"
CASE, SLIPS = "Aa", "~"  # capitals count; slips of spelling are forgiven
_BETWEEN = re.compile(r"(?<!\\);")


def form_fields() -> dict[str, forms.Field]:
    return {
        "essay_points": forms.DecimalField(
            label=gettext_lazy("Points"), min_value=0, max_digits=6, decimal_places=2, required=False
        ),
        "rubric_lines": forms.CharField(
            label=gettext_lazy("How it is marked"),
            widget=forms.Textarea(attrs={"rows": 4, "placeholder": "… | 3"}),
            required=False,
            help_text=gettext_lazy(
                "A line for each criterion, an upright stroke between: what is looked for, its points."
                " They add up to all points."
            ),
        ),
        "keyword_lines": forms.CharField(
            label=gettext_lazy("Keywords, a hint for those who mark"),
            widget=forms.Textarea(attrs={"rows": 4, "placeholder": "… ; … | 2 | 1 | ~"}),
            required=False,
            help_text=gettext_lazy(
                "A line for each, upright strokes between: the word and, behind semicolons, other words for it;"
                " points; how often; Aa when capitals count, ~ when slips are forgiven. A * stands for letters,"
                " /…/ is a regular expression."
            ),
        ),
        "sample": forms.CharField(
            label=gettext_lazy("A good answer"), widget=forms.Textarea(attrs={"rows": 5}), required=False
        ),
        "min_length": forms.IntegerField(label=gettext_lazy("Fewest characters"), min_value=0, required=False),
        "max_length": forms.IntegerField(
            label=gettext_lazy("Most characters"), min_value=0, required=False, help_text=gettext_lazy("0: no limit.")
        ),
    }


def written(body: Body) -> dict[str, Any]:
    if not body:
        return {}
    return {
        "essay_points": body["points"],
        "rubric_lines": "\n".join(f"{line['criterion']} {STROKE} {line['points']:g}" for line in body["rubric"]),
        "keyword_lines": "\n".join(_keyword_line(keyword) for keyword in body["keywords"]),
        "sample": body["sample"],
        "min_length": body["min_length"],
        "max_length": body["max_length"],
    }


def _keyword_line(keyword: dict[str, Any]) -> str:
    words = " ; ".join(one.replace(";", "\\;") for one in [keyword["keyword"], *keyword["alternatives"]])
    flags = [CASE] * keyword["case_sensitive"] + [SLIPS] * keyword["forgive_mistakes"]
    columns = [words, f"{keyword['points']:g}", str(keyword["occurrences"]), " ".join(flags)]
    return f" {STROKE} ".join(columns).rstrip()


def body_from(cleaned: dict[str, Any], before: Body) -> Body:
    rubric = [_columns(row, 2) for row in rows_of(cleaned.get("rubric_lines"))]
    rubric_ids = kept_ids([row[0] for row in rubric], before.get("rubric", []), lambda line: str(line["criterion"]))
    keywords = [_columns(row, 4) for row in rows_of(cleaned.get("keyword_lines"))]
    words = [[one.strip().replace("\\;", ";") for one in _BETWEEN.split(row[0])] for row in keywords]
    keyword_ids = kept_ids([one[0] for one in words], before.get("keywords", []), lambda entry: str(entry["keyword"]))
    return {
        "points": cleaned.get("essay_points"),
        "rubric": [
            {"id": identifier, "criterion": criterion, "points": points}
            for identifier, (criterion, points) in zip(rubric_ids, rubric, strict=True)
        ],
        "keywords": [
            {
                "id": identifier,
                "keyword": said[0],
                "alternatives": [one for one in said[1:] if one],
                "points": points or "1",
                "occurrences": times or "1",
                "case_sensitive": CASE in flags.split(),
                "forgive_mistakes": SLIPS in flags.split(),
            }
            for identifier, said, (_words, points, times, flags) in zip(keyword_ids, words, keywords, strict=True)
        ],
        "sample": cleaned.get("sample") or "",
        "min_length": cleaned.get("min_length") or 0,
        "max_length": cleaned.get("max_length") or 0,
    }


def _columns(row: str, count: int) -> list[str]:
    parts = [part.strip() for part in row.rsplit(STROKE, count - 1)]
    return parts + [""] * (count - len(parts))
