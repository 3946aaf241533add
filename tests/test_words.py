"""Every word for people stands in the catalogs, in Thai and in English, and the site runs what they say.

The machine that serves the site may have no gettext, so the compiled .mo files are committed beside the .po
files; these tests hold the two together. What the sources ask for is collected by makemessages in a copy.
"""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN = {language: ROOT / "locale" / language / "LC_MESSAGES/django.po" for language in ("th", "en")}
WAGTAIL = [ROOT / "cms/wagtail_locale/th/LC_MESSAGES" / name for name in ("django.po", "djangojs.po")]
CATALOGS = [*OWN.values(), *WAGTAIL]
THAI = [OWN["th"], *WAGTAIL]
FORMS = {"th": 1, "en": 2}  # how many plural forms a language has
LEFT_OUT = (".git", ".venv", ".tools", "node_modules", "var", "static_built", "library", "__pycache__", ".*_cache")
GAP = re.compile(r"%\(\w+\)[a-z]|%[sd]|%%|\{\w*\}|</?[a-zA-Z][^>]*>")
THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
TWO_SIGNS_FOR_ONE = re.compile("\u0e4d[\u0e48-\u0e4b]?\u0e32|\u0e40\u0e40")  # น + ํ + า for นำ; เ + เ for แ


@dataclass
class Entry:
    """One msgid of a .po file with what is said for it."""

    msgid: str = ""
    context: str = ""
    plural: str = ""
    said: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid


def entries(path: Path) -> list[Entry]:
    """The entries of a .po file, without its header; obsolete ones (#~) are comments and do not count."""
    found: list[Entry] = []
    one, target = Entry(), ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#,"):
            one.fuzzy = "fuzzy" in line
        if line.startswith("#"):
            continue
        if not line.strip():
            if one.msgid:  # the entry without one is the header
                found.append(one)
            one = Entry()
            continue
        word, quote, rest = line.partition('"')
        target = word.strip() or target
        text = ast.literal_eval(quote + rest)
        if target == "msgid":
            one.msgid += text
        elif target == "msgctxt":
            one.context += text
        elif target == "msgid_plural":
            one.plural += text
        else:
            form = int(target[7:-1]) if "[" in target else 0
            one.said[form] = one.said.get(form, "") + text
    return found


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def unsaid(found: list[Entry], language: str) -> list[str]:
    """The msgids that say nothing, or not in every plural form, or only perhaps."""
    return [
        entry.msgid
        for entry in found
        if entry.fuzzy
        or set(entry.said) != set(range(FORMS[language] if entry.plural else 1))
        or not all(text.strip() for text in entry.said.values())
    ]


def other_gaps(found: list[Entry]) -> list[str]:
    """The msgids whose gaps or tags are not exactly those of what is said."""
    wrong = []
    for entry in found:
        for form, text in entry.said.items():
            asked = entry.plural if entry.plural and (form or len(entry.said) == 1) else entry.msgid
            if Counter(GAP.findall(asked)) != Counter(GAP.findall(text)):
                wrong.append(entry.msgid)
    return wrong


def misspelled(found: list[Entry]) -> list[str]:
    """What is said with signs that nobody sees, or with two signs where Thai has one."""
    return [
        text
        for entry in found
        for text in entry.said.values()
        if UNSEEN.search(text) or TWO_SIGNS_FOR_ONE.search(text) or text != unicodedata.normalize("NFC", text)
    ]


def not_thai(found: list[Entry]) -> list[str]:
    """Sentences without one Thai letter in the Thai catalog; a single word may be a name or a format."""
    return [
        text
        for entry in found
        for text in entry.said.values()
        if " " in entry.msgid.strip() and LATIN_WORD.search(GAP.sub("", text)) and not THAI_LETTER.search(text)
    ]


def compiled(path: Path) -> dict[tuple[str, str, int | None], str]:
    """What a .mo file says: (context, msgid, plural form) → text."""
    with path.open("rb") as file:
        catalog = vars(gettext.GNUTranslations(file))["_catalog"]
    said = {}
    for key, text in catalog.items():
        msgid, form = key if isinstance(key, tuple) else (key, None)
        context, divider, rest = msgid.partition("\x04")
        if msgid:
            said[(context, rest, form) if divider else ("", msgid, form)] = text
    return said


def to_compile(found: list[Entry]) -> dict[tuple[str, str, int | None], str]:
    return {(*entry.key, form if entry.plural else None): text for entry in found for form, text in entry.said.items()}


def program(called: str) -> str:
    """The path of one of gettext's programs; without it the test fails and says what to install."""
    if found := shutil.which(called):
        return found
    pytest.fail(f"{called} is not on this machine. Install it: sudo apt-get install gettext")


def collected(sources: Path) -> set[tuple[str, str]]:
    """The msgids that the sources in this folder ask for, by makemessages; it writes into the folder."""
    program("xgettext")
    command = [sys.executable, "manage.py", "makemessages", "-l", "th", "--no-location", "--no-wrap"]
    command += ["--no-obsolete", "--keep-pot", "-i", "tests"]
    done = subprocess.run(
        command,
        cwd=sources,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "learning.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {entry.key for entry in entries(sources / "locale/django.pot")}


def renamed_translators(source: str) -> list[str]:
    """The names under which a source imports a translating function and that makemessages does not know."""
    return [
        alias.asname
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname not in {None, "_"} and "gettext" in alias.name
    ]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[tuple[str, str]]]:
    folder = tmp_path_factory.mktemp("words") / "copy"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    yield collected(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("language", OWN)
def test_everything_is_said_in_every_language(language: str) -> None:
    assert unsaid(entries(OWN[language]), language) == []


@pytest.mark.parametrize("path", WAGTAIL, ids=name)
def test_the_words_for_wagtail_say_something(path: Path) -> None:
    assert unsaid(entries(path), "th") == []


def test_both_languages_say_the_same_things() -> None:
    assert {entry.key for entry in entries(OWN["th"])} == {entry.key for entry in entries(OWN["en"])}


@pytest.mark.parametrize("path", CATALOGS, ids=name)
def test_no_msgid_stands_twice(path: Path) -> None:
    times = Counter(entry.key for entry in entries(path))
    assert [key for key, count in times.items() if count > 1] == []


@pytest.mark.parametrize("path", CATALOGS, ids=name)
def test_gaps_and_tags_are_those_of_the_msgid(path: Path) -> None:
    assert other_gaps(entries(path)) == []


@pytest.mark.parametrize("path", THAI, ids=name)
def test_thai_is_spelled_one_way(path: Path) -> None:
    assert misspelled(entries(path)) == []


@pytest.mark.parametrize("path", THAI, ids=name)
def test_no_english_sentence_is_left_in_thai(path: Path) -> None:
    assert not_thai(entries(path)) == []


@pytest.mark.parametrize("path", CATALOGS, ids=name)
def test_the_compiled_words_are_those_of_the_catalog(path: Path) -> None:
    assert compiled(path.with_suffix(".mo")) == to_compile(entries(path)), (
        f"Compile it again: msgfmt --check -o {name(path.with_suffix('.mo'))} {name(path)}"
    )


@pytest.mark.system
def test_the_catalogs_hold_exactly_what_the_sources_ask_for(asked: set[tuple[str, str]]) -> None:
    held = {entry.key for entry in entries(OWN["th"])}
    assert (sorted(asked - held), sorted(held - asked)) == ([], [])


@pytest.mark.system
@pytest.mark.parametrize("path", CATALOGS, ids=name)
def test_gettext_itself_accepts_the_catalog(path: Path) -> None:
    command = [program("msgfmt"), "--check", "-o", os.devnull, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- each guard notices what it is there for ---------------------------------------------------

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], list[Entry]]:
    def write(text: str) -> list[Entry]:
        (tmp_path / "django.po").write_text(HEADER + text, encoding="utf-8")
        return entries(tmp_path / "django.po")

    return write


@pytest.mark.parametrize(
    "text",
    [
        'msgid "Saved"\nmsgstr ""\n',
        'msgid "Saved"\nmsgstr " "\n',
        '#, fuzzy\nmsgid "Saved"\nmsgstr "บันทึกแล้ว"\n',
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] ""\n',
        'msgid "Saved"\n',
    ],
)
def test_an_entry_that_says_nothing_is_noticed(written: Callable[[str], list[Entry]], text: str) -> None:
    assert len(unsaid(written(text), "th")) == 1


@pytest.mark.parametrize(
    "text",
    [
        'msgid "%(n)s left"\nmsgstr "เหลือ %(m)s"\n',
        'msgid "%(n)s left"\nmsgstr "เหลือ"\n',
        'msgid "{done} of {total}"\nmsgstr "{done}"\n',
        'msgid "<b>now</b>"\nmsgstr "ตอนนี้"\n',
        'msgid "%(n)s%%"\nmsgstr "%(n)s"\n',
        'msgid "one day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "หนึ่งวัน"\n',
    ],
)
def test_another_gap_is_noticed(written: Callable[[str], list[Entry]], text: str) -> None:
    assert len(other_gaps(written(text))) == 1


@pytest.mark.parametrize("said", ["สห\u200bกรณ์", "น\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32", "เเม่", "e\u0301"])
def test_a_second_spelling_is_noticed(written: Callable[[str], list[Entry]], said: str) -> None:
    assert misspelled(written(f'msgid "word"\nmsgstr "{said}"\n')) == [said]


def test_english_in_the_thai_catalog_is_noticed(written: Callable[[str], list[Entry]]) -> None:
    assert not_thai(written('msgid "Save it"\nmsgstr "Save it"\n')) == ["Save it"]


def test_words_that_changed_after_compiling_are_noticed(tmp_path: Path) -> None:
    shutil.copy(OWN["th"].with_suffix(".mo"), tmp_path / "django.mo")
    changed = OWN["th"].read_text(encoding="utf-8").replace('msgstr "บันทึกแล้ว"', 'msgstr "เก็บแล้ว"', 1)
    (tmp_path / "django.po").write_text(changed, encoding="utf-8")
    assert compiled(tmp_path / "django.mo") != to_compile(entries(tmp_path / "django.po"))


def test_no_source_hides_its_words_behind_another_name() -> None:
    sources = [
        path for folder in ("learning", "courses", "certification", "cms") for path in ROOT.glob(f"{folder}/**/*.py")
    ]
    assert len(sources) > 100
    assert {name(path): found for path in sources if (found := renamed_translators(path.read_text("utf-8")))} == {}


def test_another_name_for_a_translating_function_is_noticed() -> None:
    line = "from django.utils.translation import gettext as _t, gettext_lazy as _, pgettext, get_language as now"
    assert renamed_translators(line) == ["_t"]


@pytest.mark.system
def test_a_new_word_in_the_sources_is_noticed(asked: set[tuple[str, str]], tmp_path: Path) -> None:
    shutil.copytree(
        ROOT,
        tmp_path / "copy",
        ignore=shutil.ignore_patterns(*LEFT_OUT, "*.po", "*.mo", "tests", "docs", "static", "data"),
    )
    (tmp_path / "copy/learning/new_words.py").write_text(
        'from django.utils.translation import gettext as _\n\n_("A word that no catalog has.")\n'
    )
    (tmp_path / "copy/cms/templates/new_words.html").write_text(
        '{% load i18n %}{% translate "Another word that no catalog has." %}'
    )
    new = {key for key in collected(tmp_path / "copy") if "that no catalog has" in key[1]}
    assert new == {("", "A word that no catalog has."), ("", "Another word that no catalog has.")}
    assert new & asked == set()


def test_without_gettext_the_test_fails_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(pytest.fail.Exception, match="sudo apt-get install gettext"):
        program("xgettext")
