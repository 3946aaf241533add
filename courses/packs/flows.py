"""Loading a pack into the page tree and the question bank; loading it again changes nothing."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model

from certification.models import CertificateDesign
from cms.models import AcademyImage
from courses.catalog.flows import prepare_course
from courses.catalog.models import CourseAudience, CourseIndexPage, CoursePage, CoursePrerequisite, LessonPage
from courses.packs.asking import load_questions, load_quizzes
from courses.packs.changes import Changes
from courses.packs.errors import PackError
from courses.packs.lessons import MEDIA, Block
from courses.packs.pack import Pack, PackLesson, files_in
from courses.packs.pages import pack_of
from courses.quizzes.models import Category, Quiz

CREDIT = "Sahakorn Academy"
LICENCE = "CC BY 4.0"


@transaction.atomic
def load_pack(pack: Pack, index: CourseIndexPage) -> Changes:
    """Make the course in the tree say what the pack says. Either the whole pack is loaded or nothing.

    Lessons and questions that are no longer in the pack are taken off the shelf, never deleted:
    what people did with them stays. Raises PackError.
    """
    changes = Changes()
    course = CoursePage.objects.child_of(index).filter(slug=pack.slug).first()
    before = pack_of(course) if course else None
    if course and course.live and before == pack:
        return changes
    design = _design(pack)
    files = _Library(pack, changes)
    questions = load_questions(pack, before, changes)
    quizzes = load_quizzes(pack, before, questions, changes)
    course = _load_course(pack, course, before, index, design, files, changes)
    _load_lessons(pack, course, before, files, quizzes, changes)
    prepare_course(course)
    return changes


def _design(pack: Pack) -> CertificateDesign | None:
    if not pack.certificate_design:
        return None
    design = CertificateDesign.objects.filter(slug=pack.certificate_design).first()
    if design is None:
        raise PackError(
            "course.toml",
            1,
            f"There is no certificate design “{pack.certificate_design}”. Make it in the admin, or correct the name.",
        )
    return design


def _wagtail_hash(content: bytes) -> str:
    """The hash that Wagtail keeps of every file; it tells files apart and protects nothing."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


class _Library:
    """Images and documents of the pack as the site keeps them."""

    def __init__(self, pack: Pack, changes: Changes) -> None:
        self.pack, self.changes = pack, changes

    def image(self, name: str, *, alt: str) -> AcademyImage:
        content = self.pack.files[name]
        pack_path = f"{self.pack.slug}/{name}"
        image = AcademyImage.objects.filter(pack_path=pack_path).first()
        if image and image.file_hash == _wagtail_hash(content):
            return image
        if image is None:
            image = AcademyImage(pack_path=pack_path, title=f"{self.pack.title}: {name}"[:255], description=alt[:255])
            image.credit, image.licence = CREDIT, LICENCE
            self.changes.created.append(name)
        else:
            image.renditions.all().delete()
            self.changes.changed.append(name)
        image.file = ContentFile(content, name=f"{self.pack.slug}-{name.rsplit('/', 1)[-1]}")
        image.file_size, image.file_hash = len(content), ""
        image._set_file_hash()
        image.save()
        return image

    def document(self, name: str) -> Any:
        model, content, title = get_document_model(), self.pack.files[name], name.removeprefix("files/")
        found = model.objects.filter(title=title, file_hash=_wagtail_hash(content)).first()
        if found:
            return found
        document = model(title=title, file=ContentFile(content, name=title.rsplit("/", 1)[-1]))
        document.file_size = len(content)
        document._set_file_hash()
        document.save()
        self.changes.created.append(name)
        return document


def _load_course(
    pack: Pack,
    course: CoursePage | None,
    before: Pack | None,
    index: CourseIndexPage,
    design: CertificateDesign | None,
    files: _Library,
    changes: Changes,
) -> CoursePage:
    same_cover = before is not None and before.files.get(before.cover) == pack.files.get(pack.cover)
    if course and before and course.live and same_cover and _course_values(before) == _course_values(pack):
        return course
    is_new = course is None
    course = course or CoursePage(slug=pack.slug)
    for name in ("title", "title_en", "summary", "topic", "level", "hours", "law_version", "cover_alt", "pass_rule"):
        setattr(course, name, getattr(pack, name))
    course.enrollment_opens_on, course.enrollment_closes_on = pack.enrollment_opens_on, pack.enrollment_closes_on
    course.search_description, course.certificate_design = pack.summary, design
    course.cover = files.image(pack.cover, alt=pack.cover_alt) if pack.cover else None
    course.outcomes = [("outcome", text) for text in pack.outcomes]
    course.sources = [("source", text) for text in pack.sources]
    course.audiences = [CourseAudience(audience=code, sort_order=place) for place, code in enumerate(pack.audience)]
    course.prerequisites = [
        CoursePrerequisite(requires=_required(pack, slug), sort_order=place)
        for place, slug in enumerate(pack.prerequisites)
    ]
    if is_new:
        index.add_child(instance=course)
    course.save_revision(clean=False).publish()
    (changes.created if is_new else changes.changed).append(f"course {pack.slug}")
    return CoursePage.objects.get(pk=course.pk)


def _required(pack: Pack, slug: str) -> CoursePage:
    course = CoursePage.objects.filter(slug=slug).first()
    if course is None:
        raise PackError("course.toml", 1, f"There is no course “{slug}” to take before this one. Load it first.")
    return course


def _course_values(pack: Pack) -> dict[str, Any]:
    apart = ("lessons", "quizzes", "questions", "files")
    return {name: value for name, value in vars(pack).items() if name not in apart}


def _load_lessons(
    pack: Pack, course: CoursePage, before: Pack | None, files: _Library, quizzes: dict[str, Quiz], changes: Changes
) -> None:
    known = {lesson.slug: lesson for lesson in before.lessons} if before else {}
    pages = {page.slug: page for page in LessonPage.objects.child_of(course)}
    for item in pack.lessons:
        page = pages.get(item.slug)
        unchanged_files = before is not None and all(
            before.files.get(name) == pack.files[name] for name in files_in(item.blocks)
        )
        if page and page.live and known.get(item.slug) == item and unchanged_files:
            continue
        (changes.changed if page else changes.created).append(f"lesson {item.slug}")
        _save_lesson(page, item, course, files, quizzes)
    for slug in known.keys() - {item.slug for item in pack.lessons}:
        pages[slug].unpublish()
        changes.removed.append(f"lesson {slug}")
    _put_in_order(course, [item.slug for item in pack.lessons], changes)


def _save_lesson(
    page: LessonPage | None, item: PackLesson, course: CoursePage, files: _Library, quizzes: dict[str, Quiz]
) -> None:
    is_new = page is None
    page = page or LessonPage(slug=item.slug)
    page.title, page.summary, page.minutes = item.title, item.summary, item.minutes
    page.search_description, page.needs_workshop = item.summary, item.needs_workshop
    page.topics = [Category.objects.get_or_create(category=topic)[0] for topic in item.topics]
    page.body = [_stored(kind, value, files, quizzes) for kind, value in item.blocks]
    if is_new:
        course.add_child(instance=page)
    page.save_revision(clean=False).publish()


def _put_in_order(course: CoursePage, slugs: list[str], changes: Changes) -> None:
    pages = list(LessonPage.objects.child_of(course).live().order_by("path"))
    if [page.slug for page in pages] == slugs:
        return
    by_slug = {page.slug: page for page in pages}
    for slug in slugs:
        by_slug[slug].refresh_from_db()
        by_slug[slug].move(CoursePage.objects.get(pk=course.pk), pos="last-child")
    changes.changed.append("order of lessons")


def _stored(kind: str, value: Any, files: _Library, quizzes: dict[str, Quiz]) -> Block:
    match kind:
        case "image":
            image = files.image(value["path"], alt=value["alt"])
            return kind, {"image": image, "alt": value["alt"], "caption": value["caption"]}
        case "table":
            return kind, {"caption": value["caption"], "table": _stored_table(value)}
        case "example":
            content = [_stored(inner, inside, files, quizzes) for inner, inside in value["content"]]
            return kind, {"title": value["title"], "content": content}
        case "quiz":
            return kind, {"quiz": quizzes[value["key"]]}
        case "video" | "audio" | "document":
            named = {name: files.document(value[name]) for name in MEDIA[kind]}
            transcript = {"transcript": value["transcript"]} if kind != "document" else {}
            return kind, {"title": value["title"], **named, **transcript}
    return kind, value


def _stored_table(value: dict[str, Any]) -> dict[str, Any]:
    """As Wagtail's table editor keeps it; classes of cells carry alignment and lines of totals."""
    cells = []
    for row, texts in enumerate(value["data"]):
        for column in range(len(texts)):
            names = (["htRight"] if column in value["right"] else []) + (
                ["total-line"] if row in value["totals"] else []
            )
            if names:
                cells.append({"row": row, "col": column, "className": " ".join(names)})
    return {
        "data": value["data"],
        "cell": cells,
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": value["caption"],
        "mergeCells": [],
    }
