"""Single and multiple choice as H5P.MultiChoice, and back."""

from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.choice_score import answers_of, is_single
from courses.quizzes.kinds.h5p_content import (
    block,
    block_or_kept,
    kept_library,
    kept_params,
    line,
    line_or_kept,
    params_of,
    remarks_on_media,
)
from courses.quizzes.kinds.h5p_labels import labels
from courses.quizzes.kinds.javascript import as_dict, as_list, is_truthy, section
from courses.quizzes.kinds.kind import Body, H5PContent, Read

MACHINE_NAME = "H5P.MultiChoice"
LIBRARY = "H5P.MultiChoice 1.16"


def read(content: H5PContent) -> Read:
    """What the content asks, not yet cleaned by its kind. Ids tell the place of an answer in the content."""
    params = params_of(content)
    if not as_list(params.get("answers")):
        raise ValueError(_("It has no answers to choose from."))
    answers = answers_of(params)
    right = sum(is_truthy(answer.get("correct")) for answer in answers)
    if not right or (is_single(params) and right != 1):
        raise ValueError(_("None of its answers is right, or any one of several is: our kinds do not ask so."))
    choices = [
        {
            "id": id_of_place(place),
            "text": line(answer.get("text")),
            "correct": is_truthy(answer.get("correct")),
            "feedback": line(section(answer, "tipsAndFeedback").get("chosenFeedback")),
        }
        for place, answer in enumerate(answers)
    ]
    kind = "single_choice" if is_single(params) else "multiple_choice"
    return Read(kind, block(params.get("question")), {"choices": choices}, remarks=remarks_on_media(params))


def id_of_place(place: int) -> str:
    return f"c{place + 1}"


def write(content: str, body: Body, *, single: bool) -> H5PContent:
    """The choices over the content they were read from, if any; otherwise with everything said that H5P assumes."""
    params = kept_params(body, MACHINE_NAME) or labels(MACHINE_NAME)
    kept = {id_of_place(place): as_dict(answer) for place, answer in enumerate(as_list(params.get("answers")))}
    params["question"] = block_or_kept(params.get("question"), content)
    params["answers"] = [_written(choice, kept.get(choice["id"], {})) for choice in body["choices"]]
    kind = "single" if single else "multi"
    if not kept:
        params["behaviour"] = {"type": kind, "singlePoint": True, "passPercentage": 100, "randomAnswers": True}
    elif is_single(params) != single:  # an author made it another kind
        params["behaviour"] = {**section(params, "behaviour"), "type": kind}
    return H5PContent(kept_library(body, LIBRARY), params)


def _written(choice: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    answer = {**kept, "text": line_or_kept(kept.get("text"), choice["text"])}
    if "correct" not in kept or is_truthy(kept["correct"]) != choice["correct"]:
        answer["correct"] = choice["correct"]
    said = section(kept, "tipsAndFeedback")
    feedback = line_or_kept(said.get("chosenFeedback"), choice["feedback"])
    if feedback is not said.get("chosenFeedback"):
        answer["tipsAndFeedback"] = {"tip": "", "notChosenFeedback": "", **said, "chosenFeedback": feedback}
    return answer


def state(body: Body, chosen: list[str]) -> dict[str, Any]:
    """The chosen ones by their places."""
    return {"answers": [place for place, choice in enumerate(body["choices"]) if choice["id"] in chosen]}
