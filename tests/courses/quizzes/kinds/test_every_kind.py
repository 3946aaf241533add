"""What holds for every kind of question, whoever adds it. A kind without a sample fails here."""

import json
from random import Random
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.quizzes.choices import Format
from courses.quizzes.kinds import Kind, Mark, h5p_scores, kind_of, kinds
from courses.quizzes.kinds.kind import Body
from courses.quizzes.markup import as_html
from tests.factories.kinds import SAMPLES

CODES = sorted(SAMPLES)
WITH_H5P = sorted(
    code
    for code, (content, body, *_) in SAMPLES.items()
    if kind_of(code).to_h5p(content, kind_of(code).clean_body(body))
)
READ = sorted(code for code in CODES if kind_of(code).reads or code == "single_choice")


def sample(code: str) -> tuple[Kind, str, Body, Any, Any]:
    content, body, full, partial = SAMPLES[code]
    return kind_of(code), content, kind_of(code).clean_body(body), full, partial


def presented(code: str) -> tuple[Kind, Body, dict[str, Any]]:
    kind, _content, body, *_ = sample(code)
    return kind, body, kind.present(body, Random(7))


def test_every_kind_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(kinds())


@pytest.mark.parametrize("code", CODES)
def test_cleaning_a_clean_body_changes_nothing_and_keeps_where_it_came_from(code: str) -> None:
    kind, _content, body, *_ = sample(code)
    kept = {"library": "H5P.Nothing 1.0", "params": {"x": [1]}, "metadata": {"title": "ก"}, "subContentId": "s"}
    assert kind.clean_body(body) == body
    assert kind.clean_body({**body, "h5p": kept}) == {**body, "h5p": kept}
    assert json.loads(json.dumps(body)) == body


@pytest.mark.parametrize("code", CODES)
def test_what_authors_are_shown_reads_back_as_the_same_body(code: str) -> None:
    kind, _content, body, *_ = sample(code)
    fields = kind.form_fields()
    form = type("Form", (forms.Form,), {**fields})
    written = kind.written(body)
    assert set(written) <= set(fields)
    sent = form({name: value for name, value in written.items() if value is not False})
    assert sent.errors == {}
    assert kind.clean_body(kind.body_from(sent.cleaned_data, body)) == body


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "nonsense", [None, [], "x", {}, {"parts": 1}, {"words": [None]}, {"choices": [[]]}, {"value": {}}]
)
def test_a_body_of_nonsense_is_refused_with_a_sentence(code: str, nonsense: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        kind_of(code).clean_body(nonsense)
    assert all(refused.value.messages)


@pytest.mark.parametrize("code", CODES)
def test_no_answer_earns_nothing_and_the_full_one_everything(code: str) -> None:
    kind, _content, body, full, partial = sample(code)
    highest = kind.max_score(body)
    assert highest > 0
    assert kind.grade(body, None) == Mark(0, highest, awaits_person=kind.awaits_person)
    if kind.awaits_person:
        assert kind.grade(body, full) == Mark(0, highest, awaits_person=True)
        return
    assert kind.grade(body, full) == Mark(highest, highest)
    if partial is not None:
        assert 0 < kind.grade(body, partial).score < highest


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("seed", range(5))
def test_an_answer_goes_to_the_page_and_comes_back(code: str, seed: int) -> None:
    kind, _content, body, full, partial = sample(code)
    presentation = json.loads(json.dumps(kind.present(body, Random(seed))))
    assert kind.clean_answer(body, presentation, []) is None
    for answer in (full, partial):
        if answer is not None:
            values = kind.values(body, presentation, answer)
            assert all(isinstance(value, str) for value in values)
            kept = kind.clean_answer(body, presentation, values)
            assert kept == answer
            assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_nonsense_from_a_browser_is_a_value_error_or_an_answer(code: str, data: st.DataObject) -> None:
    kind, _content, body, full, _partial = sample(code)
    presentation = kind.present(body, Random(3))
    honest = kind.values(body, presentation, full)
    value = st.sampled_from([*honest, ""]) | st.text(max_size=20) | st.just("ก" * 20_001)
    values = data.draw(st.permutations(honest) | st.lists(value, max_size=max(8, len(honest) + 2)))
    try:
        kept = kind.clean_answer(body, presentation, values)
    except ValueError:
        return
    assert "\\u0000" not in json.dumps(kept)
    json.dumps(kept, ensure_ascii=False).encode()
    assert kind.clean_answer(body, presentation, kind.values(body, presentation, kept)) == kept
    mark = kind.grade(body, kept)
    assert 0 <= mark.score <= mark.max_score == kind.max_score(body)
    with override("en"):
        kind.shown(body, presentation, kept)
        kind.review(body, presentation, kept)


@pytest.mark.parametrize("code", CODES)
def test_a_page_before_grading_tells_neither_key_nor_reasons(code: str) -> None:
    kind, body, presentation = presented(code)
    shown = kind.shown(body, presentation, None)
    assert keys_of(shown) & {"correct", "is_right", "feedback", "reason", "solution"} == set()
    page = json.dumps([shown], ensure_ascii=False) + question_page(kind, body, presentation, None)
    assert [text for text in secrets_of(body) if text in page] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_question_and_its_review_are_rendered(code: str, language: str) -> None:
    kind, body, presentation = presented(code)
    *_, full, partial = sample(code)
    with override(language):
        for answer in (None, full, partial):
            page = question_page(kind, body, presentation, answer)
            assert 'name="q3' in page
            review = {"shown": kind.review(body, presentation, answer), "format": Format.PLAIN, "content": "ก"}
            seen = render_to_string(kind.review_template, {"review": review, "question": review})
            assert seen.strip()
            for rendered in (page, seen):
                assert "style=" not in rendered
                assert "<script" not in rendered
                assert "{{" not in rendered


@pytest.mark.parametrize("code", WITH_H5P)
def test_as_h5p_it_has_the_same_highest_score_and_the_full_answer_reaches_it(code: str) -> None:
    kind, content, body, full, _partial = sample(code)
    written = kind.to_h5p(as_html(content), body)
    assert written is not None
    json.dumps(written.params)
    score = h5p_scores()[written.library.split(" ")[0]]
    assert score(written.params, kind.to_state(body, None))[1] == kind.max_score(body)
    assert score(written.params, kind.to_state(body, None))[0] == 0
    if not kind.awaits_person and code != "number":
        assert score(written.params, kind.to_state(body, full)) == (kind.max_score(body), kind.max_score(body))


@pytest.mark.parametrize("code", READ)
def test_what_h5p_is_given_reads_back_as_the_same_question(code: str) -> None:
    kind, content, body, *_ = sample(code)
    written = kind.to_h5p(as_html(content), body)
    assert written is not None
    reader = kinds_reading(written.library.split(" ")[0])
    read = reader.from_h5p(written)
    again = kind_of(read.kind).to_h5p(
        read.content, {**read.body, "h5p": {"library": written.library, "params": written.params}}
    )
    assert (read.kind, read.content) == (code, as_html(content))
    assert again == written
    assert without_ids(read.body) == without_ids(body)


# --- what the tests above look with ----------------------------------------------------------------
def kinds_reading(machine_name: str) -> Kind:
    return next(kind for kind in kinds().values() if machine_name in kind.reads)


def question_page(kind: Kind, body: Body, presentation: dict[str, Any], answer: Any) -> str:
    question = {
        "shown": kind.shown(body, presentation, answer),
        "field": "q3",
        "position": 3,
        "format": Format.PLAIN,
        "figure": None,
        "kind": kind.code,
    }
    return render_to_string(kind.template, {"question": question})


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_of(part) for part in value.values()))
    return set().union(*(keys_of(part) for part in value)) if isinstance(value, list | tuple) else set()


def secrets_of(value: Any, key: str = "") -> list[str]:
    """Texts of a body that only the key and the reasons hold."""
    if isinstance(value, dict):
        return [text for name, part in value.items() for text in secrets_of(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in secrets_of(part, key)]
    is_secret = key in {"answers", "feedback", "wrong", "reason", "sample", "keyword", "alternatives"}
    return [value] if is_secret and isinstance(value, str) and len(value) > 1 else []


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_ids(part) for key, part in value.items() if key not in {"id", "h5p"}}
    return [without_ids(part) for part in value] if isinstance(value, list) else value
