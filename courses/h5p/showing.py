"""What came of a package, told to people and to programs."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.h5p.models import H5PPackage
from courses.h5p.queries import imported_questions
from courses.quizzes.kinds import kind_of, kinds


def as_json(package: H5PPackage, *, is_new: bool) -> dict[str, Any]:
    """For `h5p_import --json`."""
    uids = [one.question.uid for one in imported_questions(package)]
    told = package.report.get("questions", [])
    return {
        "state": str(package.state),
        "is_new": is_new,
        "package": package.uid,
        "sha256": package.sha256,
        "title": package.title,
        "library": package.report.get("library", ""),
        "quiz": package.quiz.uid if package.quiz else None,
        "questions": [{**one, "uid": uid} for one, uid in zip(told, uids, strict=False)],
        "kept": package.report.get("kept", []),
        "cleaned": package.report.get("cleaned", []),
        "missing": package.report.get("missing", []),
        "known": package.report.get("known", []),
    }


def headline(package: H5PPackage, *, is_new: bool = True) -> str:
    """One sentence for the whole."""
    if not is_new:
        return _("This file is in the question bank already. Nothing was changed.")
    if not package.question_count:
        return _("The package is kept, but it holds no question that the bank has a kind for.")
    words = ngettext(
        "%(count)d question was read in from “%(title)s”.",
        "%(count)d questions were read in from “%(title)s”.",
        package.question_count,
    )
    return words % {"count": package.question_count, "title": package.title}


def as_lines(package: H5PPackage, *, is_new: bool) -> Iterator[str]:
    """For `h5p_import`."""
    yield headline(package, is_new=is_new)
    if package.quiz:
        yield _("Quiz: %(uid)s") % {"uid": package.quiz.uid}
    for one in questions_told(package):
        yield f"  {one['path'] or '/'}  {one['library']} → {one['kind_name']}"
        yield from (f"    {remark}" for remark in one["remarks"])
    for one in package.report.get("kept", []):
        yield f"  {one['path'] or '/'}  {one['library']}: {one['reason']}"
    yield from notes(package)


def questions_told(package: H5PPackage) -> list[dict[str, Any]]:
    """The questions of the report, with the names of their kinds."""
    return [
        {**one, "kind_name": str(kind_of(one["kind"]).name) if one["kind"] in kinds() else one["kind"]}
        for one in package.report.get("questions", [])
    ]


def notes(package: H5PPackage) -> Iterator[str]:
    """What else people should know."""
    report = package.report
    if places := report.get("cleaned"):
        yield _("Unsafe HTML was taken out of these texts: %(places)s.") % {"places": ", ".join(places[:20])}
    if paths := report.get("missing"):
        yield _("The content names files that the package does not hold: %(paths)s.") % {"paths": ", ".join(paths[:20])}
    if report.get("libraries"):
        yield _("The libraries that came with the package were checked, and not taken over.")
    if known := report.get("known"):
        pairs = ", ".join(f"{mine} = {other}" for mine, other in known[:20])
        yield _("The bank has questions that say the same: %(pairs)s.") % {"pairs": pairs}
