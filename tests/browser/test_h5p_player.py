"""What we export plays in h5p-standalone, in a real Chromium, with the highest score that the server counts.

The player is the real one (node_modules/h5p-standalone). The content types are NOT the real ones: those are in no
registry and cannot be shipped, so `tests/data/h5p-libraries` holds small ones of our own under the same names and
versions, which build themselves from the exported parameters and count by the published rules.
"""

import io
import json
import mimetypes
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Route

from courses.h5p.scoring import score
from courses.h5p.writing import write_package
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Category, Question, Quiz
from tests.factories.kinds import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SITE = "http://player.test"
PLAYER = "node_modules/h5p-standalone/dist"
PAGE = """<!doctype html><html lang="th"><meta charset="utf-8"><title>H5P</title><body><div id="h5p"></div>
<script src="/player/main.bundle.js"></script></body></html>"""
PLAY = """async (state) => {
  const options = {
    h5pJsonPath: "/content", librariesPath: "/libraries", embedType: "div",
    frameJs: "/player/frame.bundle.js", frameCss: "/player/styles/h5p.css",
  };
  if (state) Object.assign(options, { contentUserData: [{ state: JSON.stringify(state) }], saveFreq: 30 });
  await new H5PStandalone.H5P(document.getElementById("h5p"), options);
  const [instance] = H5P.instances;
  return {
    most: instance.getMaxScore(),
    points: instance.getScore(),
    types: [...document.querySelectorAll("[data-type]")].map((box) => box.dataset.type),
    asked: document.getElementById("h5p").innerText,
  };
}"""


@pytest.fixture
def play(page: Page, root: Path) -> Callable[..., dict[str, Any]]:
    """Open the bytes of a package in the player, with a state if there is one. Nothing leaves the machine."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def played(package: bytes, state: Any = None) -> dict[str, Any]:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}

        def answer(route: Route) -> None:
            address = urlsplit(route.request.url)
            _slash, space, rest = unquote(address.path).split("/", 2) if address.path != "/" else ("", "", "")
            if not space:
                route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
                return
            folder = {"player": root / PLAYER, "libraries": root / "tests/data/h5p-libraries"}.get(space)
            path = folder / rest if folder else None
            content = path.read_bytes() if path and path.is_file() else files.get(rest) if space == "content" else None
            kind = mimetypes.guess_type(rest)[0] or "application/octet-stream"
            if content is None:
                route.fulfill(status=404, body="")
            else:
                route.fulfill(body=content, content_type=kind)

        page.unroute_all()
        page.route("**/*", answer)
        page.goto(f"{SITE}/")
        found: dict[str, Any] = page.evaluate(PLAY, state)
        assert faults == []
        return found

    return played


def quiz_of(*codes: str) -> Quiz:
    category = Category.objects.create(category="บัญชี")
    quiz = Quiz.objects.create(uid="played", title="แบบทดสอบที่เล่นได้", random_order=False)
    quiz.questions.set(
        Question.objects.create(
            uid=f"played-{number:02}", kind=code, category=category, content=SAMPLES[code][0], body=SAMPLES[code][1]
        )
        for number, code in enumerate(codes)
    )
    return quiz


def written(quiz: Quiz) -> tuple[bytes, list[str], str]:
    """The package, which questions it lacks, and the library of the whole."""
    out = io.BytesIO()
    told = write_package(quiz, out)
    return out.getvalue(), [one.uid for one in told.left_out], told.library


def states_of(questions: list[Question]) -> list[Any]:
    """What a full answer of each is to H5P."""
    return [kind_of(one.kind).to_state(one.body, SAMPLES[one.kind][2]) for one in questions]


def exported(code: str) -> bool:
    return kind_of(code).to_h5p("<p>ข้อ</p>", kind_of(code).clean_body(SAMPLES[code][1])) is not None


def test_every_kind_of_the_bank_is_written_for_h5p() -> None:
    """Otherwise the test below would be content with a kind that is never written."""
    assert [code for code in SAMPLES if not exported(code)] == []


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_a_kind_plays_with_the_highest_score_that_we_count(code: str, play: Callable[..., dict[str, Any]]) -> None:
    quiz = quiz_of(code)
    package, left, library = written(quiz)
    questions = list(quiz.questions.all())
    key = "answers" if library.startswith("H5P.QuestionSet") else "instances"
    state = {key: states_of(questions)}
    played = play(package, state)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        content = json.loads(archive.read("content/content.json"))
    assert left == []
    assert played["most"] == kind_of(code).max_score(questions[0].body)
    assert len(played["types"]) == 1
    if not kind_of(code).awaits_person:
        assert (played["points"], played["most"]) == score(library, content, state)


def test_all_kinds_together_are_one_package_that_plays(play: Callable[..., dict[str, Any]]) -> None:
    quiz = quiz_of(*sorted(SAMPLES))
    package, left, library = written(quiz)
    played = play(package)
    most = sum(kind_of(one.kind).max_score(one.body) for one in quiz.questions.all())
    assert (left, library.split(" ")[0]) == ([], "H5P.Column")
    assert (played["most"], played["points"], len(played["types"])) == (most, 0, len(SAMPLES))


def test_a_library_that_h5p_json_forgot_is_found(play: Callable[..., dict[str, Any]]) -> None:
    """The guard itself: without its dependency a question is not built, and the highest score is another."""
    package, _left, _library = written(quiz_of("true_false", "single_choice"))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["h5p.json"])
    needs = [one for one in manifest["preloadedDependencies"] if one["machineName"] != "H5P.TrueFalse"]
    files["h5p.json"] = json.dumps({**manifest, "preloadedDependencies": needs}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(Exception, match=r"undefined|null|constructor|reading"):
        play(out.getvalue())
