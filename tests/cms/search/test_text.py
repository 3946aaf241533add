import pytest
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

from cms.search.text import (
    MOST_LETTERS,
    MOST_TERMS,
    WORD_BEGINS,
    Beginning,
    as_phrases,
    groups_beginning,
    groups_phrase,
    groups_text,
    words_text,
)


def test_the_index_holds_words_and_arabic_digits() -> None:
    assert words_text("มาตรา ๕๐: คณะกรรมการฯ") == "มาตรา 50 คณะ กรรม การ"


def test_the_autocomplete_index_marks_where_each_word_begins() -> None:
    assert groups_text("สหกรณ์ Excel") == "ǃส ห ก ร ณ์ Excel"


def test_a_text_cannot_bring_the_mark_of_a_beginning() -> None:
    assert groups_text(f"a{WORD_BEGINS}b") == "a b"


@pytest.mark.parametrize("end", range(1, len("สหกรณ์การเกษตร") + 1))
def test_every_beginning_of_a_name_is_among_its_groups(end: int) -> None:
    indexed = groups_text("สหกรณ์การเกษตร")
    typed = groups_beginning("สหกรณ์การเกษตร"[:end])
    variants = typed.subqueries if isinstance(typed, Or) else [typed]
    assert any(indexed.startswith(variant.query_string) for variant in variants)


@pytest.mark.parametrize(
    ("query", "rewritten"),
    [
        (PlainText("สอบบัญชี"), Phrase("สอบ บัญชี")),
        (PlainText("สหกรณ์ ออม"), And([Phrase("สหกรณ์"), Phrase("ออม")])),
        (PlainText("สหกรณ์ ออม", operator="or"), Or([Phrase("สหกรณ์"), Phrase("ออม")])),
        (PlainText("e-mail"), Phrase("e mail")),
        (PlainText('ออม - " ๆ'), Phrase("ออม")),
        (PlainText("  "), MATCH_NONE),
        (PlainText("\"'()*:^"), MATCH_NONE),
        (Phrase("งบ ฯ การเงิน"), Phrase("งบ การ เงิน")),
        (Phrase("…"), MATCH_NONE),
        (Boost(PlainText("ออม"), 2), Phrase("ออม")),
        (Not(PlainText("ออม")), Not(Phrase("ออม"))),
        (Not(PlainText("?")), MATCH_ALL),
        (And([PlainText("ออม"), MATCH_ALL]), Phrase("ออม")),
        (And([PlainText("ออม"), PlainText("?")]), MATCH_NONE),
        (Or([PlainText("ออม"), PlainText("?")]), Phrase("ออม")),
        (Or([PlainText("ออม"), MATCH_ALL]), MATCH_ALL),
        (And([]), MATCH_NONE),
        (MATCH_ALL, MATCH_ALL),
    ],
)
def test_every_kind_of_query_becomes_phrases(query: SearchQuery, rewritten: SearchQuery) -> None:
    assert repr(as_phrases(query)) == repr(rewritten)


def test_only_the_last_term_may_go_on() -> None:
    query = as_phrases(PlainText("ก ab"), groups_phrase, groups_beginning)
    assert [(type(part), part.query_string) for part in query.subqueries] == [
        (Phrase, "ǃก"),
        (Beginning, "ab"),
    ]


def test_an_endless_query_is_cut() -> None:
    assert len(as_phrases(Phrase("ปลา" * 1000)).query_string.split()) == MOST_LETTERS // 3
    assert len(as_phrases(PlainText("ก " * 1000)).subqueries) == MOST_TERMS
