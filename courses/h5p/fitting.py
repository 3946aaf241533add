"""What stands around the questions when a quiz is written: the content it came from, or a set or column of ours."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.frames import quiz_fields
from courses.h5p.libraries import COLUMN, IN_A_SET, SET
from courses.h5p.models import H5PPackage
from courses.h5p.sub_content import Left
from courses.h5p.walking import Node, Path, machine_name, read, replaced
from courses.quizzes.choices import Navigation
from courses.quizzes.markup import as_html
from courses.quizzes.models import Quiz

Sub = dict[str, Any]
QUESTION_SET, A_COLUMN = machine_name(SET), machine_name(COLUMN)


@dataclass
class Frame:
    """`places` are the paths of questions in the content that was read, with their identifiers."""

    quiz: Quiz
    package: H5PPackage | None = None
    library: str = ""
    content: dict[str, Any] | None = None
    manifest: dict[str, Any] = field(default_factory=dict)
    places: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> set[str]:
        """The fields of the quiz that say something else than what was read."""
        if self.package is None or self.content is None:
            return set()
        root = Node(self.library, self.content, (), {"title": self.manifest.get("title", "")})
        before = quiz_fields(root, str(self.manifest.get("title", "")), len(self.places))
        return {name for name, value in before.items() if getattr(self.quiz, name) != value}

    @property
    def is_renamed(self) -> bool:
        return "title" in self.changed

    def filled(self, questions: dict[str, Sub]) -> tuple[Node, list[Left]]:
        """The whole with these questions at their places, and those that found none."""
        if self.content is None:
            return self._ours(list(questions.values())), []
        if [path for path, _uid in self.places] == [""] and len(questions) == 1 and self.places[0][1] in questions:
            only = questions[self.places[0][1]]
            return Node(only["library"], only["params"], (), only["metadata"]), []
        if any(not path for path, _uid in self.places):
            return self._ours(list(questions.values())), []  # a single question that has got company
        content, rest = self._in_place(questions)
        content, left = self._with_new(content, rest)
        return Node(self.library, self._with_settings(content)), left

    # --- content that was read -----------------------------------------------------------------------
    def _in_place(self, questions: dict[str, Sub]) -> tuple[dict[str, Any], dict[str, Sub]]:
        content: Any = self.content
        gone: list[Path] = []
        rest = dict(questions)
        for word, uid in self.places:
            path = read(word, self.content)
            if uid in rest:
                made = rest.pop(uid)
                content = replaced(content, path, lambda old, made=made: {**(old or {}), **_said(old, made)})
            else:
                gone.append(path)
        for path in sorted(gone, key=lambda path: tuple(map(str, path)), reverse=True):
            content = self._taken_out(content, path)
        return content, rest

    def _taken_out(self, content: Any, path: Path) -> Any:
        """Without the item of the list that holds this question; its list says nothing else about it."""
        ends = [place for place, part in enumerate(path) if isinstance(part, int)]
        if not ends:
            self.remarks.append(_("“%(path)s” stays as it was read: nothing else fits there.") % {"path": path[-1]})
            return content
        above, number = path[: ends[-1]], path[ends[-1]]
        return replaced(content, above, lambda items: [one for place, one in enumerate(items) if place != number])

    def _with_new(self, content: dict[str, Any], rest: dict[str, Sub]) -> tuple[dict[str, Any], list[Left]]:
        """Questions that were added to the quiz, behind those that were read."""
        left: list[Left] = []
        name = machine_name(self.library)
        for uid, sub in rest.items():
            if name == QUESTION_SET and machine_name(sub["library"]) in IN_A_SET:
                content = {**content, "questions": [*content.get("questions", []), sub]}
            elif name == A_COLUMN:
                content = {**content, "content": [*content.get("content", []), _in_column(sub)]}
            else:
                left.append(Left(uid, _("It was added later, and this H5P content has no place for it.")))
        return content, left

    def _with_settings(self, content: dict[str, Any]) -> dict[str, Any]:
        """What has been changed in the quiz since, in a set of questions; the rest of its words stays."""
        changed = self.changed
        if not changed or machine_name(self.library) != QUESTION_SET:
            return content
        return {**content, **_settings(self.quiz, content, changed)}

    # --- ours ----------------------------------------------------------------------------------------
    def _ours(self, subs: list[Sub]) -> Node:
        if all(machine_name(sub["library"]) in IN_A_SET for sub in subs):
            every = {"pass_mark", "random_order", "max_questions", "navigation", "description", "success_text"}
            content = {"progressType": "dots", "questions": subs, **_settings(self.quiz, {}, every)}
            return Node(SET, content)
        if self.quiz.max_questions or self.quiz.random_order:
            self.remarks.append(_("A column shows all questions, in this order; H5P has no other way for these kinds."))
        return Node(COLUMN, {"content": [_in_column(sub) for sub in subs]})


def _said(old: Any, made: Sub) -> Sub:
    """What is written over the content at a place; what it was called there stays."""
    kept = {key: old[key] for key in ("metadata", "subContentId") if isinstance(old, dict) and key in old}
    same = isinstance(old, dict) and machine_name(old.get("library")) == machine_name(made["library"])
    if not isinstance(old, dict):
        return made
    return {"library": made["library"], "params": made["params"], **(kept if same else made)}


def _in_column(sub: Sub) -> dict[str, Any]:
    return {"content": sub, "useSeparator": "auto"}


def _settings(quiz: Quiz, content: dict[str, Any], changed: set[str]) -> dict[str, Any]:
    """The fields of a quiz as a set of questions says them."""
    said: dict[str, Any] = {}
    if "pass_mark" in changed:
        said["passPercentage"] = quiz.pass_mark
    if "random_order" in changed:
        said["randomQuestions"] = quiz.random_order
    if "max_questions" in changed:
        said["poolSize"] = quiz.max_questions or 0
    if "navigation" in changed:
        said["disableBackwardsNavigation"] = quiz.navigation == Navigation.SEQUENTIAL
    if "description" in changed:
        intro = {**(content.get("introPage") or {}), "introduction": as_html(quiz.description)}
        intro["showIntroPage"] = bool(quiz.description)
        said["introPage"] = intro
    if changed & {"success_text", "fail_text"}:
        end = {"showResultPage": True, **(content.get("endGame") or {})}
        end["overallFeedback"] = [
            {"from": 0, "to": quiz.pass_mark - 1, "feedback": quiz.fail_text},
            {"from": quiz.pass_mark, "to": 100, "feedback": quiz.success_text},
        ]
        said["endGame"] = end
    return said


def frame_of(quiz: Quiz) -> Frame:
    """What a quiz came from; nothing when it is ours."""
    kept = quiz.h5p if isinstance(quiz.h5p, dict) else {}
    package = H5PPackage.objects.filter(uid=str(kept.get("package", ""))[:16], state="read").first()
    if package is None:
        return Frame(quiz)
    return Frame(
        quiz=quiz,
        package=package,
        library=str(kept.get("library", "")),
        content=package.content,
        manifest=package.manifest,
        places=[(str(path), str(uid)) for path, uid in kept.get("questions", [])],
    )
