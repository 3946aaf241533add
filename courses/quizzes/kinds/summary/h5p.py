"""H5P.Summary: panels of statements, the first of each is right; a point for a panel that was right at once."""

from copy import deepcopy
from typing import Any

from courses.quizzes.kinds.first_right import part_written_before, written_html, written_list
from courses.quizzes.kinds.javascript import as_dict, as_list, as_text, at, is_number, is_truthy, number
from courses.quizzes.kinds.kind import Body, H5PContent
from courses.quizzes.markup import clean_html, plain_text

LIBRARY = "H5P.Summary"
VERSION = "1.10"


def score(params: dict[str, Any], state: Any) -> tuple[float, float]:
    """Panels passed without a wrong statement, from the record of each panel.

    A state holds how far somebody came and the wrong statements tried in each panel, numbered through all panels.
    After resuming, the library itself forgets that panels after the first were right (it looks their right
    statement up under the first panel's number); what the record says is counted here.
    """
    panels = [panel for panel in as_list(as_dict(params).get("summaries")) if as_dict(panel).get("summary") is not None]
    record = as_dict(state)
    tried = record.get("answers")
    if "progress" not in record or not is_truthy(tried):
        return 0, len(panels)
    passed = number(record.get("progress"))
    right, first = 0, 0
    for place, panel in enumerate(panels):
        statements = range(first, first + len(as_list(panel["summary"])))
        first = statements.stop
        wrong = as_list(at(tried, place))
        right += (
            place < passed
            and bool(statements)
            and not any(is_number(given, statement) for given in wrong for statement in statements)
        )
    return right, len(panels)


def panels_of(params: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The panels with statements, ids after their places, and how many without were left out."""
    panels = []
    summaries = as_list(params.get("summaries"))
    for place, panel in enumerate(summaries, 1):
        texts = [clean_html(text, inline=True) for text in as_list(as_dict(panel).get("summary")) if as_text(text)]
        if texts:
            statements = [{"id": f"t{number}", "text": text} for number, text in enumerate(texts, 1)]
            panels.append({"id": f"p{place}", "tip": plain_text(as_text(panel.get("tip"))), "statements": statements})
    return panels, len(summaries) - len(panels)


def written(content: str, body: Body) -> H5PContent:
    """The panels over what was read, so that what we have no word for stays."""
    params = deepcopy(as_dict(as_dict(body.get("h5p")).get("params")))
    kept = as_list(params.get("summaries"))
    params["intro"] = written_html(params.get("intro"), content, inline=False)
    params["summaries"] = []
    for part in body["panels"]:
        entry = part_written_before(kept, part["id"], "p")
        entry["summary"] = written_list(entry.get("summary"), [item["text"] for item in part["statements"]])
        if plain_text(as_text(entry.get("tip"))) != part["tip"]:
            entry["tip"] = clean_html(part["tip"], inline=True)
        params["summaries"].append(entry)
    return H5PContent(f"{LIBRARY} {VERSION}", params)


def state_of(body: Body, answer: Any) -> dict[str, Any]:
    """The record of these choices: every panel passed, the wrong statement noted where one was chosen.

    H5P has no word for a panel that was left out: it is noted as missed by its second statement.
    """
    chosen = as_dict(answer)
    tried: list[list[int] | None] = []
    first = 0
    for part in body["panels"]:
        ids = [item["id"] for item in part["statements"]]
        place = ids.index(chosen[part["id"]]) if chosen.get(part["id"]) in ids else 1
        tried.append([first + place] if place else None)
        first += len(ids)
    return {"progress": len(tried), "answers": tried}
