"""The documents say what is so: links lead somewhere, commands exist, pictures of the house are those of the house."""

import configparser
import re
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import BaseCommand, call_command, get_commands, load_command_class

from courses.packs.reading import read_pack
from learning.desk.cast import CAST, PASSWORD

# A link with its target, or the source of a picture.
LINK = re.compile(r'\]\((?P<link>[^()\s]+)\)|<img src="(?P<picture>[^"]+)"')
FENCED = re.compile(r"^```(?P<name>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
HEADING = re.compile(r"^#{1,6} (.+)$", re.M)
IN_CODE = re.compile(r"`[^`\n]+`")
NAMED_IN_SOURCE = re.compile(r"docs/(?:[a-z]+\.md|decisions/\d{4})")
COMMAND = re.compile(r"(?:^|[\s(`])(?P<program>manage\.py|\./deploy/\w+|\.venv/bin/[\w-]+)(?P<rest>[^`|\n#;&]*)")


COMES_WITH_VENV = {".venv/bin/pip"}  # of `python -m venv`; an environment that uv made has none


def documents(root: Path) -> list[Path]:
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def block(path: Path, name: str) -> str:
    """The text of the fenced block with this name."""
    found = [match["text"] for match in FENCED.finditer(path.read_text(encoding="utf-8")) if match["name"] == name]
    assert len(found) == 1, f"{path.name} should have one block “{name}”"
    return found[0]


# --- links ---------------------------------------------------------------------------------------
def anchors(text: str) -> set[str]:
    """The addresses of headings, as code hosts make them."""
    bare = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(FENCED.sub("", text))]
    return {heading.replace(" ", "-") for heading in bare}


def dead_links(path: Path) -> Iterator[str]:
    text = IN_CODE.sub("", FENCED.sub("", path.read_text(encoding="utf-8")))
    for match in LINK.finditer(text):
        target = match["link"] or match["picture"]
        file, _, anchor = target.partition("#")
        there = (path.parent / file) if file else path
        if not there.exists() or (anchor and anchor not in anchors(there.read_text(encoding="utf-8"))):
            yield f"{path.name} → {target}"


def test_every_link_leads_somewhere(root: Path) -> None:
    assert [dead for path in documents(root) for dead in dead_links(path)] == []


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Two words\n")
    (tmp_path / "a.md").write_text(
        '[1](b.md) [2](b.md#two-words) [3](c.md) [4](b.md#three) `[5](d.md)` <img src="e.png" alt="">\n'
    )
    assert list(dead_links(tmp_path / "a.md")) == ["a.md → c.md", "a.md → b.md#three", "a.md → e.png"]


def test_a_document_that_the_source_names_is_there(root: Path) -> None:
    tops = ("certification", "cms", "courses", "deploy", "learning", "requirements", "tests")
    sources = [path for top in tops for path in (root / top).rglob("*") if path.suffix in {".py", ".in", ".html"}]
    named = {name for path in sources for name in NAMED_IN_SOURCE.findall(path.read_text(encoding="utf-8"))}
    assert "docs/architecture.md" in named
    assert sorted(name for name in named if not list(root.glob(f"{name}*"))) == []


def test_the_architecture_lists_every_decision_by_its_title(root: Path) -> None:
    decisions = sorted((root / "docs/decisions").glob("*.md"))
    listed = re.findall(
        r"^\| \[(\d{4})\]\(decisions/([\w-]+\.md)\) \|", (root / "docs/architecture.md").read_text(), re.M
    )
    assert listed == [(path.name[:4], path.name) for path in decisions]
    assert [path.name for path in decisions if not path.read_text().startswith(f"# {path.name[:4]} ")] == []


# --- the house -----------------------------------------------------------------------------------
def test_the_state_diagrams_are_those_of_the_tables(root: Path) -> None:
    printed = StringIO()
    call_command("state_diagrams", stdout=printed)
    assert block(root / "docs/architecture.md", "states") == printed.getvalue()


@pytest.mark.parametrize("package", ["learning", "courses"])
def test_the_floors_are_those_that_import_linter_holds(root: Path, package: str) -> None:
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    layers = contracts[f"importlinter:contract:{package}"]["layers"].strip()
    assert block(root / "docs/architecture.md", f"floors {package}") == f"{layers}\n"


# --- commands ------------------------------------------------------------------------------------
def option_is_known(command: BaseCommand, option: str) -> bool:
    """By the command itself, or by one of its verbs."""
    parser = command.create_parser("manage.py", "")
    verbs = [verb for action in parser._actions if isinstance(action.choices, dict) for verb in action.choices.values()]
    return any(option in one._option_string_actions for one in (parser, *verbs))


def unknown_commands(text: str, root: Path) -> Iterator[str]:
    """Programs that are not there, and options that they do not take."""
    for match in COMMAND.finditer(text.replace(".venv/bin/python manage.py", "manage.py")):
        program, words = match["program"], match["rest"].split()
        options = [word for word in words if re.fullmatch(r"--[a-z-]+", word)]
        if program == "manage.py":
            name = re.sub(r"\W+$", "", words[0]) if words else ""
            if not re.fullmatch(r"[a-z_]+", name):
                continue
            if name not in get_commands():
                yield f"manage.py {name}"
                continue
            app = get_commands()[name]
            command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
            yield from (f"manage.py {name} {word}" for word in options if not option_is_known(command, word))
        elif program.startswith("./"):
            path = root / program
            source = path.read_text(encoding="utf-8") if path.exists() else ""
            yield from (f"{program} {word}" for word in options if f'"{word}"' not in source)
            if not source:
                yield program
        elif program not in COMES_WITH_VENV and not (Path(sys.executable).parent / Path(program).name).exists():
            yield program


def test_every_command_that_is_named_exists(root: Path) -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in documents(root)}
    assert "./deploy/demo" in written["README.md"]
    wrong = {name: found for name, text in written.items() if (found := sorted(set(unknown_commands(text, root))))}
    assert wrong == {}


def test_a_command_that_does_not_exist_is_found(root: Path) -> None:
    text = (
        "`manage.py migrate` and `manage.py fly_away`\n./deploy/demo --setup-only\n./deploy/demo --quick\n"
        "./deploy/nothing\n.venv/bin/python manage.py search_eval FILE --json --loud\n.venv/bin/no-such-program x\n"
    )
    assert list(unknown_commands(text, root)) == [
        "manage.py fly_away",
        "./deploy/demo --quick",
        "./deploy/nothing",
        "manage.py search_eval --loud",
        ".venv/bin/no-such-program",
    ]


def test_the_demo_accounts_are_those_of_the_cast(root: Path) -> None:
    listed = re.findall(
        r"^\| `(\w+)` \| `([\w-]+)` \| (.+) \|$", (root / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert listed == [(character.username, PASSWORD, character.who) for character in CAST]


# --- the example of a pack -----------------------------------------------------------------------
def test_the_pack_that_authors_are_shown_can_be_read(root: Path, tmp_path: Path) -> None:
    shown = FENCED.finditer((root / "docs/authors.md").read_text(encoding="utf-8"))
    files = {match["name"].split()[1]: match["text"] for match in shown if " " in match["name"]}
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8"></svg>'
    pictures = {f"images/{name}.svg": drawing for name in ("cover", "safe")}
    for name, text in {**files, **pictures, "files/form.pdf": "%PDF"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    pack = read_pack(tmp_path)
    assert [lesson.slug for lesson in pack.lessons] == ["why-count", "final-test"]
    assert [kind for kind, _ in pack.lessons[0].blocks] == [
        "text", "image", "callout", "steps", "example", "check", "document",
    ]  # fmt: skip
    assert [question.key for question in pack.questions] == ["count-01"]
