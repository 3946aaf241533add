"""The engine's edges: libraries that are missing, files inside the file, the seal."""

import builtins
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from certification.rendering import engine, text_map
from tests.certification.rendering.sheets import facts
from tests.certification.rendering.test_sheet import reader_of


@pytest.mark.parametrize("error", [OSError("cannot load library 'libpango-1.0-0'"), ImportError("weasyprint")])
def test_missing_libraries_are_told_with_the_command_that_installs_them(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = builtins.__import__

    def without_pango(name: str, *args: Any) -> Any:
        if name == "weasyprint":
            raise error
        return load(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(engine.RenderingUnavailable, match="apt-get install libpango"):
        engine.render_pdf(facts())


def test_the_site_starts_without_the_drawing_libraries() -> None:
    script = "import sys, certification.rendering.engine; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


def test_an_attached_file_can_be_read_back_and_is_listed_once() -> None:
    from weasyprint import Attachment

    day = datetime(2027, 1, 5, tzinfo=UTC)
    file = Attachment(string=b"proof", name="credential.jwt", relationship="Alternative", created=day, modified=day)
    reader = reader_of(engine.render_pdf(facts(), attachments=[file]))
    assert dict(reader.attachments) == {"credential.jwt": [b"proof"]}
    listed = reader.trailer["/Root"]["/AF"]
    assert [item.get_object()["/AFRelationship"] for item in listed] == ["/Alternative"]


def test_the_seal_gets_the_finished_file_and_gives_the_one_to_keep() -> None:
    assert engine.render_pdf(facts(), seal=lambda data: data + b"sealed") == engine.render_pdf(facts()) + b"sealed"


def test_a_system_font_never_stands_in_for_our_typeface() -> None:
    stranger = {"ToUnicode": "1 0 R", "BaseFont": b"/ABCDEF+Loma"}
    with pytest.raises(RuntimeError, match="its own typeface"):
        text_map.write_meanings(None, SimpleNamespace(objects=[stranger]))
