"""Essays: a person marks them; H5P's keywords are matched as H5P does."""

import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, Mark, kind_of
from courses.quizzes.kinds.essay import keyword_hint, patterns
from courses.quizzes.kinds.essay.h5p import score
from tests.courses.quizzes.kinds import properties
from tests.factories.kinds import SAMPLES

KIND = kind_of("essay")
BODY = SAMPLES["essay"][1]


def params(*keywords: Any, **behaviour: Any) -> dict[str, Any]:
    listed = [word if isinstance(word, dict) else keyword(word) for word in keywords]
    return {"taskDescription": "<p>ถาม</p>", "keywords": listed, "behaviour": behaviour}


def keyword(word: Any, *others: str, **options: Any) -> dict[str, Any]:
    given = {"points": 1, "occurrences": 9, "caseSensitive": True, "forgiveMistakes": False, **options}
    return {"keyword": word, "alternatives": list(others), "options": {k: v for k, v in given.items() if v is not ...}}


def points(text: str, *keywords: Any, **behaviour: Any) -> float:
    return score(params(*keywords, **behaviour), {"inputField": text})[0]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("fox, fox; fox", "fox", 3),
        ("foxes fox", "fox", 1),
        ("fox-fox", "fox", 0),
        ("fox\nfox", "fox", 2),
        ("Fox fox", "fox", 1),
        ("foxy fox", "fox*", 2),
        ("brown  fox", "brown fox", 1),
        ("brown   fox", "brown fox", 0),
        ("น้ำเสีย", "น้ำ", 0),
        ("น้ำเสีย", "น้ำ*", 1),
        ("โรงงานปล่อยน้ำเสีย", "*น้ำ*", 1),
        ("fox1", "fox*", 0),
        ("a.b", "a.b", 1),
        ("acb", "a.b", 0),
        ("acb", "/a.b/", 1),
        ("colour color", "/colou?r/", 2),
        ("a & b", "a &amp; b", 1),
        ("fox", "<b>fox</b>", 1),
        ("fox", "  fox", 1),
        ("fox", "/(fox/", 0),
        ("foo", "/(?=f)foo/", 0),
        ("", "fox", 0),
        ("$5", "$5", 1),
        ("🦊 fox", "fox", 1),
    ],
)
def test_a_word_is_found_where_it_stands_alone(text: str, word: str, found: int) -> None:
    assert points(text, word) == found


def test_each_match_of_an_expression_counts_every_word_that_it_equals() -> None:
    # The library takes the matches for further words and looks for each of them: two of one kind are found four times.
    assert points("fox fox", "/fo./") == 4


def test_what_is_cut_off_before_a_word_is_a_border() -> None:
    assert points("foxfox", "fox") == 1


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("quikc", "quick", 1),
        ("quck", "quick", 1),
        ("qck", "quick", 0),
        ("fxo", "fox", 0),
        ("kooperativ", "cooperative", 1),
    ],
)
def test_slips_are_forgiven_by_length(text: str, word: str, found: int) -> None:
    assert points(text, keyword(word, forgiveMistakes=True)) == found
    assert points(text, word) == 0


def test_the_whole_essay_can_overrule_its_keywords() -> None:
    assert points("FOX", "fox", overrideCaseSensitive="off") == 1
    assert points("FOX", keyword("fox", caseSensitive=False), overrideCaseSensitive="on") == 0
    assert points("quikc", "quick", overrideForgiveMistakes="on") == 1
    assert points("quikc", keyword("quick", forgiveMistakes=True), overrideForgiveMistakes="off") == 0


def test_absent_options_count_as_the_script_takes_them() -> None:
    assert score(params(keyword("fox", occurrences=..., points=2)), {"inputField": "fox fox"}) == (2, 2)
    assert score(params(keyword("fox", points=...)), {"inputField": "fox"}) == (0, 1)
    assert score(params(keyword("FOX", caseSensitive=...)), {"inputField": "fox"}) == (1, 9)
    assert score(params({"keyword": "fox"}), {"inputField": "fox"}) == (0, 1)
    assert score(params({"options": {"points": 3}}), {"inputField": "fox"}) == (0, 1)
    assert score({}, None) == (0, 1)


def test_the_highest_score_is_what_counts_as_mastery() -> None:
    two = [keyword("a", occurrences=1, points=4), keyword("b", occurrences=1, points=6)]
    assert score(params(*two, percentageMastering=80), {"inputField": "a b"}) == (8, 8)
    assert score(params(*two, percentageMastering=33), {"inputField": "a"}) == (3.3, 3.3)
    assert score(params(*two, percentageMastering=0), {"inputField": "a"}) == (1, 1)
    assert score(params(*two, ignoreScoring=True, pointsHost=5), None) == (5, 5)
    assert score(params(*two, ignoreScoring=True, pointsHost=0), {"inputField": ""}) == (1, 1)


@pytest.mark.parametrize("state", [None, [], "fox", {}, {"inputField": None}, {"inputField": 3}, 7])
def test_a_state_without_a_text_earns_nothing(state: Any) -> None:
    assert score(params("fox"), state) == (0, 9)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*$", "(a*)*b", "([a-z]+)*=", "(.*)(.*)(.*)(.*)(.*)x", "(a?){40}a{40}", "((a+)+)+!", "(a|aa)+$"],
)
def test_no_pattern_makes_us_wait(pattern: str) -> None:
    began = time.monotonic()
    points("a" * 20_000, f"/{pattern}/")
    assert time.monotonic() - began < 5


def test_a_trap_in_the_text_does_not_hide_what_stands_behind_it() -> None:
    assert patterns.findall("(x+x+)+y", "x" * 60 + " xxy", ignore_case=False) == ["xxy"]


def test_no_wildcards_make_us_wait() -> None:
    began = time.monotonic()
    points("ก" * 20_000, "*ก*ก*ก*ก*ก*ก*ก*ก*ข", keyword("ก" * 200, forgiveMistakes=True))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "pattern", ["(", ")", "a{2,1}", "[b-a]", "*a", r"(a)\1", "(?<=a)b", "a" * 501, "(" * 60, "((a{99}){99}){99}"]
)
def test_patterns_that_are_broken_or_too_much_are_refused(pattern: str) -> None:
    with pytest.raises(patterns.Refused):
        patterns.findall(pattern, "aaa", ignore_case=False)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\bfox\b", "fox foxy fox", ["fox", "fox"]),
        (r"a{2,3}", "aaaaa", ["aaa", "aa"]),
        (r"a+?", "aa", ["a", "a"]),
        (r"(?:ab|a)c?", "abac", ["ab", "ac"]),
        (r"[^ก-ฮ\s]+", "กa b", ["a", "b"]),
        (r"\d\d", "12345", ["12", "34"]),
        (r"^a|b$", "ab", ["a", "b"]),
        (r"x*", "ax", ["", "x", ""]),
        (r"\u0e01", "ก", ["ก"]),
        ("a{", "a{", ["a{"]),
        ("[A-Z]+", "aB", ["aB"]),
    ],
)
def test_patterns_mean_what_they_mean_in_a_browser(pattern: str, text: str, found: list[str]) -> None:
    assert patterns.findall(pattern, text, ignore_case=pattern == "[A-Z]+") == found


def test_a_person_marks_it() -> None:
    assert KIND.grade(BODY, "ตอบ") == Mark(0, 5, awaits_person=True)


def test_a_hint_finds_words_within_thai() -> None:
    assert keyword_hint(BODY, "ยักยอกเงินได้ เพราะขาดการตรวจสอบกัน") == ["*ทุจริต*", "ตรวจสอบ"]
    assert keyword_hint(BODY, "ไม่ทราบ") == []


def test_criteria_add_up_to_all_points() -> None:
    with pytest.raises(ValidationError):
        KIND.clean_body({**BODY, "points": 6})
    assert KIND.clean_body({**BODY, "points": None})["points"] == 5


def test_a_text_longer_than_the_field_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        KIND.clean_answer(BODY, {}, ["ก" * 2001])
    assert KIND.clean_answer(BODY, {}, [" \r\n "]) is None
    assert KIND.clean_answer(BODY, {}, ["ก\r\nข\n"]) == "ก\nข"


def test_nothing_is_lost_on_the_way_in_out_and_in_again() -> None:
    before = params(keyword("a &amp; b", "/x|y/", feedbackMissed="หาย"), percentageMastering=33, minimumLength=20)
    before |= {"solution": {"introduction": "นำ", "sample": "<p>ก</p><p>ข</p>"}, "media": {"type": {}}}
    read = KIND.from_h5p(H5PContent("H5P.Essay 1.5", before))
    assert (read.body["points"], read.body["min_length"], read.body["sample"]) == (2.97, 20, "ก\nข")
    body = KIND.clean_body({**read.body, "h5p": {"library": "H5P.Essay 1.5", "params": before}})
    assert KIND.to_h5p(read.content, body).params == before
    body["keywords"][0]["points"] = 2
    edited = KIND.to_h5p(read.content, KIND.clean_body(body)).params
    assert edited["keywords"][0]["options"]["feedbackMissed"] == "หาย"
    assert score(edited, None)[1] == KIND.max_score(body)


def test_points_that_keywords_do_not_give_are_given_by_the_host() -> None:
    body = KIND.clean_body({"points": 7})
    written = KIND.to_h5p("<p>ถาม</p>", body).params
    assert (written["behaviour"]["ignoreScoring"], written["behaviour"]["pointsHost"]) == (True, 7)


@given(st.lists(st.text(max_size=8), max_size=2), properties.NONSENSE)
def test_nothing_sent_breaks_it(values: list[str], answer: Any) -> None:
    properties.no_answer_is_too_odd("essay", values, answer)


@given(st.text(alphabet="a*/ก$()[]+?|^\\. {,}0-9", max_size=12), st.text(alphabet="aก$ .*b", max_size=12))
def test_no_keyword_is_too_odd(word: str, text: str) -> None:
    found, most = score(params(keyword(word, forgiveMistakes=True)), {"inputField": text})
    assert 0 <= found <= most
