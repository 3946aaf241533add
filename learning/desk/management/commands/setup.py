import hashlib
import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import wagtail
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from cms.thai.words import WORDS_VERSION
from courses import packs
from courses.catalog.flows import prepare_course
from courses.catalog.models import CoursePage, PreparedLesson
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from learning.desk.cast import CAST, PASSWORD, welcome_cast
from learning.desk.demo_certificates import show_certificates
from learning.desk.demo_workshops import open_workshops
from learning.desk.opening import open_academy
from learning.places.flows import load_places
from learning.wagtail_tasks import work_at_once
from learning.workshops.flows.resources import load_holidays

LIBRARY = Path(packs.__file__).parent / "library"


class Command(BaseCommand):
    help = "Everything a fresh database needs, in one process: tables, places, pages, courses, files. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also the demo cast, with a public password")
        parser.add_argument("--print-accounts", action="store_true", help="only print the demo accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["print_accounts"]:
            self._print_accounts()
            return
        for name in ("wagtail", "django_tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)  # a line per page and job says nothing here
        # The search index is written here and now: the worker that would do it has not started yet.
        work_at_once()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self._say("places", load_places())
        self._say("holidays", load_holidays())
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        index = open_academy(hostname=address.hostname or "localhost", port=address.port or 80)
        for folder in sorted(LIBRARY.iterdir()):
            if (folder / "course.toml").exists():
                changes = load_pack(read_pack(folder), index)
                self.stdout.write(f"course {folder.name}: {'loaded' if changes else 'unchanged'}")
        self._prepare_again()
        if options["demo"]:
            people = welcome_cast()
            open_workshops(people)
            show_certificates(people)
            self.stdout.write("demo cast: ready")
        self._index_again()
        self._collect_static()

    def _say(self, name: str, counts: dict[str, int]) -> None:
        written = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        self.stdout.write(f"{name}: {written or 'unchanged'}")

    def _print_accounts(self) -> None:
        for character in CAST:
            self.stdout.write(f"{character.username}\t{PASSWORD}\t{character.who}")

    def _prepare_again(self) -> None:
        """Lessons are printed when they are published; new templates and words print them anew."""
        stamp = settings.VAR_DIR / "prepared-lessons"
        base = Path(settings.BASE_DIR)
        printed_from = ("courses/catalog/templates", "cms/templates", "locale")
        now = _fingerprint(*(base / folder for folder in printed_from))
        known = stamp.read_text() if stamp.exists() else ""
        if known != now or not PreparedLesson.objects.exists():
            for course in CoursePage.objects.live():
                prepare_course(course)
            stamp.write_text(now)

    def _index_again(self) -> None:
        """Another list of words splits texts in other places, so everything is indexed anew."""
        stamp = settings.VAR_DIR / "search-index"
        if not stamp.exists() or stamp.read_text() != str(WORDS_VERSION):
            call_command("update_index", verbosity=0)
            stamp.write_text(str(WORDS_VERSION))

    def _collect_static(self) -> None:
        if "Manifest" not in str(settings.STORAGES["staticfiles"]["BACKEND"]):
            return
        folders = [Path(path) for finder in get_finders() for path in _locations(finder)]
        stamp = Path(settings.STATIC_ROOT) / ".stamp"
        now = (
            _fingerprint(*[folder for folder in folders if str(settings.BASE_DIR) in str(folder)]) + wagtail.__version__
        )
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)
        self.stdout.write("static files: collected")


def _locations(finder: Any) -> list[str]:
    return [storage.location for storage in getattr(finder, "storages", {}).values()]


def _fingerprint(*folders: Path) -> str:
    """A hash of every file's name, size and time of change."""
    digest = hashlib.sha256()
    for folder in folders:
        for root, names, files in os.walk(folder):
            names[:] = sorted(name for name in names if name not in {"node_modules", ".venv", "__pycache__"})
            for name in sorted(files):
                path = Path(root) / name
                stat = path.stat()
                digest.update(f"{path.relative_to(folder)}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
