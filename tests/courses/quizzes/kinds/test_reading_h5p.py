"""Content of any shape is refused with a ValueError, or read; and what was read goes back letter by letter."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, h5p_scores, kind_of, kind_reading

TEXTS = st.text('กำ ab1*/:\\<>&;\n\u00a0.("', max_size=14).map(lambda text: text.replace("<", "<p>"))
ODD = st.none() | st.booleans() | st.integers(-1, 3) | st.just([]) | st.just({})
ANSWER = st.fixed_dictionaries(
    {"text": TEXTS | ODD},
    optional={
        "correct": st.booleans() | ODD | st.just("false"),
        "tipsAndFeedback": st.fixed_dictionaries({}, optional={"tip": TEXTS, "chosenFeedback": TEXTS | ODD}) | ODD,
    },
)
BEHAVIOUR = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["auto", "single", "multi"]) | ODD,
        "singlePoint": ODD,
        "caseSensitive": ODD,
        "acceptSpellingErrors": ODD,
    },
)
PARAMS: dict[str, dict[str, Any]] = {
    "H5P.MultiChoice": {"question": TEXTS | ODD, "answers": st.lists(ANSWER | ODD, max_size=4) | ODD},
    "H5P.TrueFalse": {"question": TEXTS | ODD, "correct": st.sampled_from(["true", "false"]) | ODD, "l10n": ODD},
    "H5P.Blanks": {"text": TEXTS | ODD, "questions": st.lists(TEXTS | ODD, max_size=3) | ODD},
    "H5P.DragText": {"taskDescription": TEXTS | ODD, "textField": TEXTS | ODD, "distractors": TEXTS | ODD},
    "H5P.MarkTheWords": {"taskDescription": TEXTS | ODD, "textField": TEXTS | ODD},
}


@pytest.mark.parametrize("library", sorted(PARAMS))
@given(data=st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_content_of_any_shape_is_refused_or_read_and_goes_back_as_it_was(library: str, data: st.DataObject) -> None:
    params = data.draw(st.fixed_dictionaries({}, optional={**PARAMS[library], "behaviour": BEHAVIOUR | ODD}))
    content = H5PContent(f"{library} 1.1", params)
    try:
        read = kind_reading()[library].from_h5p(content)
    except ValueError:
        return
    kind = kind_of(read.kind)
    kept = kind.clean_body({**read.body, "h5p": {"library": content.library, "params": params}})
    assert kept == {**read.body, "h5p": kept["h5p"]}
    assert without_what_was_missing(kind.to_h5p(read.content, kept), params) == content
    _score, highest = h5p_scores()[library](params, kind.to_state(kept, None))
    assert highest >= 1


def without_what_was_missing(written: H5PContent | None, params: dict[str, Any]) -> H5PContent:
    """What an empty or odd text stands for is written as text; nothing else may differ."""
    assert written is not None
    same = {
        key: params[key] if key in params and not params[key] and written.params[key] == "" else value
        for key, value in written.params.items()
        if key in params or value not in ("", {}, [])
    }
    return H5PContent(written.library, same)
