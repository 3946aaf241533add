import json
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.h5p.choices import PackageState
from courses.h5p.flows import upload_package
from courses.h5p.importing import read_package
from courses.h5p.models import H5PPackage
from courses.h5p.refusals import PackageRefused
from courses.h5p.showing import as_json, as_lines


class Command(BaseCommand):
    help = "Read an H5P package into the question bank. Reading the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE", help="the package, a file that ends in .h5p")
        parser.add_argument("--json", action="store_true", help="one object of JSON")
        parser.add_argument("--category", default="", help="the category of the questions; made when it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            package, is_new = self._take(path, options["category"])
        except PackageRefused as refusal:
            self._end({"state": "refused", "code": refusal.code, "sentence": refusal.told}, options["json"])
            return
        if package.state == PackageState.REFUSED:
            told = {"state": "refused", "code": package.refusal_code, "sentence": package.refusal}
            self._end(told, options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(package, is_new=is_new), ensure_ascii=False))
            return
        for line in as_lines(package, is_new=is_new):
            self.stdout.write(line)

    def _take(self, path: Path, category: str) -> tuple[H5PPackage, bool]:
        """The package, read. What a worker would do is done here, at once."""
        try:
            with path.open("rb") as file:
                package, is_new = upload_package(
                    File(file, name=path.name), name=path.name, by=None, category=category, read_here=True
                )
        except OSError as error:
            raise PackageRefused("file-not-readable", str(error.strerror), where=str(path)) from None
        read_package(package.pk)  # whoever takes it first reads it
        package.refresh_from_db()
        return package, is_new

    def _end(self, told: dict[str, str], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            raise SystemExit(1)
        raise CommandError(f"{told['sentence']} [{told['code']}]")
