"""H5P.Essay: keywords give points."""

from copy import deepcopy
from typing import Any

from courses.quizzes.kinds.essay.matching import decoded, earned, text_of
from courses.quizzes.kinds.first_right import written_html
from courses.quizzes.kinds.javascript import as_dict, as_list, as_text, is_truthy, number, section, whole
from courses.quizzes.kinds.kind import Body, H5PContent
from courses.quizzes.markup import clean_html, plain_text

LIBRARY = "H5P.Essay"
VERSION = "1.5"
MOST_KEYWORDS = 100


def score(params: dict[str, Any], state: Any) -> tuple[float, float]:
    """Points of the keywords found, up to the highest score; with `ignoreScoring` always all points of the host.

    The highest score is the share of all points that counts as mastery, at least 1.
    """
    given = as_dict(params)
    behaviour = section(given, "behaviour")
    if is_truthy(behaviour.get("ignoreScoring")):
        points = number(behaviour.get("pointsHost")) or 1
        return points, points
    keywords = [keyword for keyword in as_list(given.get("keywords"))[:MOST_KEYWORDS] if isinstance(keyword, dict)]
    total = sum(_worth(keyword) for keyword in keywords)
    if "percentageMastering" in behaviour:
        total = number(behaviour["percentageMastering"]) * total / 100
    most = whole(max(1, total))
    if not isinstance(state, dict) or not state:
        return 0, most
    line_break = as_text(behaviour.get("linebreakReplacement")) or " "
    text = text_of(as_text(state.get("inputField")), line_break)
    found = sum(earned(keyword, text, behaviour) for keyword in keywords if "keyword" in keyword)
    return whole(min(found, most)), most


def _worth(keyword: dict[str, Any]) -> float:
    """The most that a keyword can give; nothing without a word, and once where it does not say how often."""
    options = as_dict(keyword.get("options"))
    points = number(options.get("points")) if is_truthy(keyword.get("keyword")) else 0
    return points * (number(options.get("occurrences")) or 1)


def body_of(params: dict[str, Any]) -> Body:
    """The body: points as the library counts them, keywords with ids after their places."""
    behaviour = section(params, "behaviour")
    keywords = []
    for place, keyword in enumerate(as_list(params.get("keywords")), 1):
        options = section(keyword, "options")
        if as_text(as_dict(keyword).get("keyword")).strip():
            keywords.append(
                {
                    "id": f"k{place}",
                    "keyword": decoded(keyword["keyword"]),
                    "alternatives": [
                        decoded(one) for one in as_list(keyword.get("alternatives")) if as_text(one).strip()
                    ],
                    "points": number(options.get("points")),
                    "occurrences": int(number(options.get("occurrences"))) or 1,
                    "case_sensitive": is_case_sensitive(keyword, behaviour),
                    "forgive_mistakes": is_forgiving(keyword, behaviour),
                }
            )
    return {
        "points": score(params, None)[1],
        "rubric": _rubric_of(params),
        "keywords": keywords,
        "sample": plain_text(as_text(section(params, "solution").get("sample"))),
        "min_length": max(0, int(number(behaviour.get("minimumLength")))),
        "max_length": max(0, int(number(behaviour.get("maximumLength")))),
    }


def _rubric_of(params: dict[str, Any]) -> list[dict[str, Any]]:
    """The rubric, which H5P has no word for; only what was written here has one."""
    return [
        {"id": f"r{place}", "criterion": as_text(line.get("criterion")), "points": number(line.get("points"))}
        for place, line in enumerate(as_list(params.get("rubric")), 1)
        if isinstance(line, dict)
    ]


def is_case_sensitive(keyword: Any, behaviour: dict[str, Any]) -> bool:
    return {"on": True, "off": False}.get(
        str(behaviour.get("overrideCaseSensitive")), is_truthy(section(keyword, "options").get("caseSensitive"))
    )


def is_forgiving(keyword: Any, behaviour: dict[str, Any]) -> bool:
    return {"on": True, "off": False}.get(
        str(behaviour.get("overrideForgiveMistakes")), is_truthy(section(keyword, "options").get("forgiveMistakes"))
    )


def written(content: str, body: Body) -> H5PContent:
    """The essay over what was read. H5P gives points for keywords only: where these do not add up to ours, it gives
    all points for any text, as it does for essays that people mark."""
    params = deepcopy(section(body.get("h5p"), "params"))
    before = body_of(params) if params else None
    params["taskDescription"] = written_html(params.get("taskDescription"), content, inline=False)
    if before is None or before["keywords"] != body["keywords"]:
        kept = as_list(params.get("keywords"))
        params["keywords"] = [_keyword(keyword, kept) for keyword in body["keywords"]]
        for override in ("overrideCaseSensitive", "overrideForgiveMistakes"):
            section(params, "behaviour").pop(override, None)
    if before is None or before["sample"] != body["sample"]:
        sample = "".join(f"<p>{clean_html(line, inline=True)}</p>" for line in body["sample"].split("\n") if line)
        params["solution"] = {**section(params, "solution"), "sample": sample}
    params.pop("rubric", None)
    if body["rubric"]:
        params["rubric"] = [{"criterion": line["criterion"], "points": line["points"]} for line in body["rubric"]]
    behaviour = params["behaviour"] = section(params, "behaviour")
    if before is None:
        behaviour |= {"enableRetry": True, "inputFieldSize": "10"}
    for ours, theirs in (("min_length", "minimumLength"), ("max_length", "maximumLength")):
        if before is None or before[ours] != body[ours]:
            behaviour |= {theirs: body[ours]} if body[ours] else {}
            behaviour.pop(theirs, None) if not body[ours] else None
    if before is None or score(params, None)[1] != body["points"]:
        behaviour["ignoreScoring"] = False
        behaviour.pop("percentageMastering", None)
        if not body["keywords"] or score(params, None)[1] != body["points"]:
            behaviour |= {"ignoreScoring": True, "pointsHost": body["points"]}
    return H5PContent(f"{LIBRARY} {VERSION}", params)


def _keyword(keyword: dict[str, Any], kept: list[Any]) -> dict[str, Any]:
    number_of = keyword["id"].removeprefix("k")
    place = int(number_of) - 1 if number_of.isdecimal() and number_of.isascii() else -1
    entry = as_dict(kept[place]) if 0 <= place < len(kept) else {}
    options = {
        **section(entry, "options"),
        "points": keyword["points"],
        "occurrences": keyword["occurrences"],
        "caseSensitive": keyword["case_sensitive"],
        "forgiveMistakes": keyword["forgive_mistakes"],
    }
    words = {
        "keyword": _escaped(keyword["keyword"]),
        "alternatives": [_escaped(one) for one in keyword["alternatives"]],
    }
    return {**entry, **words, "options": options}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
