"""Measure the site's search against judged queries: `manage.py search_eval FILE [--json]`.

FILE is JSON: `sentences`, a list of texts, and `queries`, for each query the list of the sentences (by index,
from 0) that a reader judges relevant. The sentences are indexed and searched through the site's own backend.

Precision and recall are micro-averaged: hits, false finds and misses are added up over all queries first.
A query that finds nothing and has nothing relevant is right. The F1 is their harmonic mean.

Nothing is left behind: the sentences are index entries of document rows (numbers below zero, which no real
document has) inside one transaction that is always rolled back. No table is made for it, and no page, no real
document and no file is touched. While it runs, about a second, SQLite lets nobody else write.
"""

import json
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import router, transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.search.backends import get_search_backend


@dataclass(frozen=True)
class Judgements:
    """Texts, and for each query the indexes of those that it should find."""

    sentences: list[str]
    queries: dict[str, frozenset[int]]


@dataclass
class Score:
    """Hits, false finds and misses over all queries, and the queries that were not answered exactly."""

    hits: int = 0
    false_finds: int = 0
    misses: int = 0
    wrong: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    def count(self, query: str, found: frozenset[int], relevant: frozenset[int]) -> None:
        self.hits += len(found & relevant)
        self.false_finds += len(found - relevant)
        self.misses += len(relevant - found)
        if found != relevant:
            self.wrong[query] = (sorted(found - relevant), sorted(relevant - found))

    def _share(self, total: int) -> float:
        return self.hits / total if total else float(not self.wrong)

    @property
    def precision(self) -> float:
        return self._share(self.hits + self.false_finds)

    @property
    def recall(self) -> float:
        return self._share(self.hits + self.misses)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 6) for name in ("precision", "recall", "f1")}


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file. CommandError with a sentence when it cannot be read or has another shape."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(_("The file %(path)s cannot be read.") % {"path": path}) from error
    except ValueError as error:  # neither UTF-8 nor JSON
        raise CommandError(_("The file %(path)s is not JSON in UTF-8.") % {"path": path}) from error
    sentences, queries = map(data.get, ("sentences", "queries")) if isinstance(data, dict) else (None, None)
    if not _is_list_of(sentences, str) or not isinstance(queries, dict):
        raise CommandError(_("The file needs “sentences”, a list of texts, and “queries”, an object."))
    for query, relevant in queries.items():
        if not _is_list_of(relevant, int) or not all(0 <= index < len(sentences) for index in relevant):
            raise CommandError(
                _("The query “%(query)s” needs a list of numbers of sentences, from 0 to %(last)s.")
                % {"query": query, "last": len(sentences) - 1}
            )
    return Judgements(sentences, {query: frozenset(relevant) for query, relevant in queries.items()})


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(type(item) is kind for item in value)


def evaluate(judgements: Judgements) -> Score:
    """Index the sentences, ask all queries, and leave the database as it was."""
    Document = get_document_model()
    backend = get_search_backend()
    score = Score()
    with transaction.atomic(using=router.db_for_write(Document)):
        rows = Document.objects.bulk_create(
            [Document(pk=-1 - index, title=str(index)) for index in range(len(judgements.sentences))]
        )
        for row, sentence in zip(rows, judgements.sentences, strict=True):
            row.title = sentence  # for the index only: a column of 255 letters is short for a sentence
        backend.add_bulk(Document, rows)
        for query, relevant in judgements.queries.items():
            numbers = [document.pk for document in backend.search(query, Document)]
            score.count(query, frozenset(-1 - number for number in numbers if number < 0), relevant)
        transaction.set_rollback(True, using=router.db_for_write(Document))
    return score


class Command(BaseCommand):
    help = "Measure the site's search against a file of judged queries; the database stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print precision, recall and f1 as JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        judgements = read_judgements(options["file"])
        score = evaluate(judgements)
        if options["json"]:
            self.stdout.write(json.dumps(score.as_dict()))
            return
        for name, value in score.as_dict().items():
            self.stdout.write(f"{name:<10}{value:.4f}")
        counts = {"all": len(judgements.queries), "right": len(judgements.queries) - len(score.wrong)}
        self.stdout.write(_("%(right)s of %(all)s queries are answered exactly.") % counts)
        for query, (false_finds, misses) in score.wrong.items():
            self.stdout.write(
                _("“%(query)s”: found wrongly %(false_finds)s, missed %(misses)s")
                % {"query": query, "false_finds": false_finds or "–", "misses": misses or "–"}
            )
