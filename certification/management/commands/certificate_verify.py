"""manage.py certificate_verify FILE: what the page of the check says, on a terminal."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.checking.examining import examine
from certification.checking.headline import headline
from certification.checking.limits import MAX_BYTES
from certification.checking.report import Report

NOT_ALL_TRUE = 1
CANNOT_READ = 2
SIGNS = {True: "+", False: "-", None: "?"}


class Command(BaseCommand):
    help = (
        "Check the PDF of a certificate: signatures, badge, register. Exits 0 when everything is true, "
        "1 when anything is not, 2 when a file cannot be read. Nothing is fetched from anywhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the PDF")
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.add_argument("--status-list", type=Path, help="a signed status list (JWT) that you have fetched")
        parser.add_argument("--did", type=Path, help="the DID document (did.json) of another site")

    def handle(self, *args: Any, **options: Any) -> None:
        status_list = self._read(options["status_list"]) if options["status_list"] else None
        report = examine(
            self._read(options["file"]),
            now=timezone.now(),
            status_list=status_list.decode("ascii", "replace") if status_list is not None else None,
            did_document=self._document(options["did"]) if options["did"] else None,
        )
        if options["json"]:
            self.stdout.write(
                json.dumps({**report.as_dict(), "sentence": headline(report)}, ensure_ascii=False, indent=2)
            )
        else:
            self._tell(report)
        if not report.is_all_true:
            raise SystemExit(NOT_ALL_TRUE)

    def _tell(self, report: Report) -> None:
        for finding in report.findings:
            self.stdout.write(f"{SIGNS[finding.holds]} {finding.sentence}")
            if finding.advice:
                self.stdout.write(f"  {finding.advice}")
        self.stdout.write("")
        self.stdout.write(headline(report))

    def _read(self, path: Path) -> bytes:
        """At most one byte more than is looked at."""
        try:
            with path.open("rb") as opened:
                return opened.read(MAX_BYTES + 1)
        except OSError as error:
            sentence = _("The file %(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}
            raise CommandError(sentence, returncode=CANNOT_READ) from error

    def _document(self, path: Path) -> dict[str, Any]:
        try:
            document = json.loads(self._read(path))
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            sentence = _("The file %(path)s is not a DID document.") % {"path": path}
            raise CommandError(sentence, returncode=CANNOT_READ)
        return document
