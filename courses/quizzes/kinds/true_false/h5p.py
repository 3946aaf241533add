"""H5P.TrueFalse: how it scores a state, how a statement is read from it and written for it."""

from typing import Any

from courses.quizzes.kinds.h5p_content import (
    block,
    block_or_kept,
    kept_library,
    kept_params,
    params_of,
    remarks_on_media,
)
from courses.quizzes.kinds.h5p_labels import labels
from courses.quizzes.kinds.javascript import as_dict, is_truthy
from courses.quizzes.kinds.kind import Body, H5PContent, Read

MACHINE_NAME = "H5P.TrueFalse"
LIBRARY = "H5P.TrueFalse 1.8"


def is_right_if_true(params: Any) -> bool:
    """Only the word "true" means true; a boolean is read as false, and nothing at all as true."""
    return bool(as_dict(params).get("correct", "true") == "true")


def score(params: Any, state: Any) -> tuple[float, float]:
    """One point for `{"answer": …}` that is right; without that key nothing was answered."""
    if not isinstance(state, dict) or "answer" not in state:
        return 0, 1
    return (1 if is_truthy(state["answer"]) == is_right_if_true(params) else 0), 1


def read(content: H5PContent) -> Read:
    params = params_of(content)
    body = {"correct": is_right_if_true(params)}
    return Read("true_false", block(params.get("question")), body, remarks=remarks_on_media(params))


def write(content: str, body: Body) -> H5PContent:
    kept = kept_params(body, MACHINE_NAME)
    params = kept or labels(MACHINE_NAME)
    if not kept or is_right_if_true(params) != body["correct"]:
        params["correct"] = "true" if body["correct"] else "false"
    params["question"] = block_or_kept(params.get("question"), content)
    return H5PContent(kept_library(body, LIBRARY), params)
