import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.utils.translation import override
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from cms.management.commands.search_eval import Score

JUDGED = Path(__file__).parents[2] / "data" / "thai_search_dev.json"


def run(path: Path, *options: str) -> str:
    out = StringIO()
    with override("en"):
        call_command("search_eval", str(path), *options, stdout=out)
    return out.getvalue()


def written(folder: Path, content: object) -> Path:
    path = folder / "judged.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_search_reaches_the_aim_on_the_judged_file() -> None:
    score = json.loads(run(JUDGED, "--json"))
    assert sorted(score) == ["f1", "precision", "recall"]
    assert min(score.values()) >= 0.95


@pytest.mark.django_db
def test_another_file_of_the_same_shape_is_measured(tmp_path: Path) -> None:
    judged = {
        "sentences": ["ปลาในบ่อ", "ปลายปี", "เงินฝาก " + "ยาว" * 200],
        "queries": {"ปลา": [0, 1], "เงินฝาก": [2], "ปี": [], "ไม่มี": []},
    }
    path = written(tmp_path, judged)
    assert json.loads(run(path, "--json")) == {"precision": 0.666667, "recall": 0.666667, "f1": 0.666667}
    assert run(path).splitlines() == [
        "precision 0.6667",
        "recall    0.6667",
        "f1        0.6667",
        "2 of 4 queries are answered exactly.",
        "“ปลา”: found wrongly –, missed [1]",
        "“ปี”: found wrongly [1], missed –",
    ]


@pytest.mark.django_db
def test_the_measurement_leaves_nothing_behind_and_counts_no_real_document() -> None:
    Document.objects.create(title="เงินสดในตู้นิรภัย", file="paper.pdf")

    def rows() -> list[object]:
        return [list(model.objects.order_by("pk").values()) for model in (Document, IndexEntry, Page, ContentType)]

    before = rows()
    score = run(JUDGED, "--json")
    assert rows() == before
    Document.objects.all().delete()
    assert run(JUDGED, "--json") == score


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not JSON in UTF-8"),
        ("[]", "The file needs “sentences”"),
        ({"sentences": ["ก"]}, "The file needs “sentences”"),
        ({"sentences": [1], "queries": {}}, "The file needs “sentences”"),
        (
            {"sentences": ["ก"], "queries": {"ก": 0}},
            "The query “ก” needs a list of numbers of sentences, from 0 to 0",
        ),
        ({"sentences": ["ก"], "queries": {"ก": [1]}}, "The query “ก” needs a list of numbers"),
        ({"sentences": ["ก"], "queries": {"ก": [-1]}}, "The query “ก” needs a list of numbers"),
        ({"sentences": ["ก"], "queries": {"ก": [False]}}, "The query “ก” needs a list of numbers"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_a_sentence(tmp_path: Path, content: object, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        run(written(tmp_path, content))
    assert refused.value.returncode == 1


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "missing.json")


def test_the_figures_are_taken_over_all_queries_at_once() -> None:
    score = Score()
    score.count("one", frozenset({1, 2}), frozenset({1}))
    score.count("two", frozenset({3}), frozenset({3, 4, 5}))
    assert score.as_dict() == {"precision": 0.666667, "recall": 0.5, "f1": 0.571429}
    assert score.wrong == {"one": ([2], []), "two": ([], [4, 5])}


def test_nothing_wanted_and_nothing_found_is_right_and_nothing_found_of_something_is_not() -> None:
    right, empty = Score(), Score()
    right.count("query", frozenset(), frozenset())
    empty.count("query", frozenset(), frozenset({1}))
    assert right.as_dict() == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert empty.as_dict() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
