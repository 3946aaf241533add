"""H5P.SingleChoiceSet: several questions, the first answer of each is right."""

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.first_right import part_written_before, written_html, written_list
from courses.quizzes.kinds.javascript import as_dict, as_list, as_text, is_truthy, number
from courses.quizzes.kinds.kind import Body, H5PContent
from courses.quizzes.markup import clean_html

LIBRARY = "H5P.SingleChoiceSet"
VERSION = "1.11"
PASS_ALL = 100  # percent


def score(params: dict[str, Any], state: Any) -> tuple[float, float]:
    """How many were right at the first and only choice, as the library's own record says; of those with answers."""
    choices = as_list(as_dict(params).get("choices"))
    most = sum(is_truthy(as_dict(choice).get("answers")) for choice in choices)
    right = number(as_dict(as_dict(state).get("answers")).get("corrects"))
    return min(max(right, 0), most), most


def sets_of(params: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The questions with answers, ids after their places, and how many without were left out."""
    sets = []
    choices = as_list(params.get("choices"))
    for place, choice in enumerate(choices, 1):
        answers = [clean_html(text, inline=True) for text in as_list(as_dict(choice).get("answers")) if as_text(text)]
        if answers:
            question = clean_html(as_text(choice.get("question")), inline=True)
            texts = [{"id": f"c{number}", "text": text} for number, text in enumerate(answers, 1)]
            sets.append({"id": f"s{place}", "question": question, "choices": texts})
    return sets, len(choices) - len(sets)


def asked_by(params: dict[str, Any]) -> str:
    """What all the questions together ask. H5P has no field for it; only what was written here has one."""
    return (
        clean_html(as_text(params.get("taskDescription"))) or f"<p>{_('Choose the right answer to each question.')}</p>"
    )


def written(content: str, body: Body) -> H5PContent:
    """The sets over what was read, so that what we have no word for stays."""
    params = deepcopy(as_dict(as_dict(body.get("h5p")).get("params")))
    if content != asked_by(params):
        params["taskDescription"] = clean_html(content)
    kept = as_list(params.get("choices"))
    params["choices"] = []
    for part in body["sets"]:
        entry = part_written_before(kept, part["id"], "s")
        entry["question"] = written_html(entry.get("question"), part["question"])
        entry["answers"] = written_list(entry.get("answers"), [item["text"] for item in part["choices"]])
        params["choices"].append(entry)
    behaviour = as_dict(params.get("behaviour"))
    params["behaviour"] = {"enableRetry": True, "enableSolutionsButton": True, "passPercentage": PASS_ALL, **behaviour}
    return H5PContent(f"{LIBRARY} {VERSION}", params)


def state_of(body: Body, answer: Any) -> dict[str, Any]:
    """The library's record of these choices; what was left open counts as wrong, since it asks every question."""
    chosen = as_dict(answer)
    responses = []
    for part in body["sets"]:
        ids = [item["id"] for item in part["choices"]]
        responses.append(ids.index(chosen[part["id"]]) if chosen.get(part["id"]) in ids else -1)
    corrects = responses.count(0)
    answers = {"corrects": corrects, "wrongs": len(responses) - corrects}
    return {"progress": len(responses), "answers": answers, "userResponses": responses}
