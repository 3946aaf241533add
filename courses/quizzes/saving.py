"""Drafts become questions of the bank: categories, pictures, tags, and nothing twice."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.images import ImageFile

from cms.models import AcademyImage
from courses.quizzes.models import Category, Question, SubCategory
from courses.quizzes.reading.drafts import Draft, Picture
from courses.quizzes.reading.pictures import suffix_of

UID = re.compile(r"[A-Za-z0-9_-]{1,120}")
CHUNK = 500


@dataclass
class Saved:
    """What was written; the drafts left out because the bank, or the file itself, holds them already."""

    questions: list[Question] = field(default_factory=list)
    twins: list[Draft] = field(default_factory=list)


def twins_among(drafts: Sequence[Draft]) -> dict[int, str]:
    """By the place of a draft: the identifier of the question that says the same, empty for an earlier draft."""
    prints = [draft.fingerprint for draft in drafts]
    known: dict[str, str] = {}
    for start in range(0, len(prints), CHUNK):
        rows = Question.objects.filter(fingerprint__in=prints[start : start + CHUNK])
        known.update(rows.order_by("-uid").values_list("fingerprint", "uid"))
    found: dict[int, str] = {}
    seen: set[str] = set()
    for place, one in enumerate(prints):
        if one in known or one in seen:
            found[place] = known.get(one, "")
        seen.add(one)
    return found


def write_drafts(
    drafts: Sequence[Draft], *, category: Category, keep_twins: bool, by: AbstractBaseUser | None
) -> Saved:
    """Write them in their order; questions without a category of their own go into the given one."""
    saved = Saved()
    twins = {} if keep_twins else twins_among(drafts)
    places = _Places(category)
    uids = {draft.uid for draft in drafts if draft.uid}
    taken = set(Question.objects.filter(uid__in=uids).values_list("uid", flat=True))
    for place, draft in enumerate(drafts):
        if place in twins:
            saved.twins.append(draft)
            continue
        where, below = places.of(draft.category)
        uid = draft.uid if UID.fullmatch(draft.uid) and draft.uid not in taken else ""
        taken.add(uid)
        question = Question(
            uid=uid,
            kind=draft.kind,
            category=where,
            sub_category=below,
            difficulty=draft.difficulty,
            format=draft.format,
            content=draft.content,
            explanation=draft.explanation,
            source=draft.source,
            body=draft.body,
            figure=kept_picture(draft.picture, by=by) if draft.picture else None,
        )
        question.save()
        if draft.tags:
            question.tags.add(*draft.tags)
        saved.questions.append(question)
    return saved


class _Places:
    """Categories and sub-categories by their names, made when they are missing."""

    def __init__(self, default: Category) -> None:
        self.default = default
        self.known: dict[tuple[str, ...], tuple[Category, SubCategory | None]] = {}

    def of(self, path: tuple[str, ...]) -> tuple[Category, SubCategory | None]:
        if path not in self.known:
            self.known[path] = self._made(path)
        return self.known[path]

    def _made(self, path: tuple[str, ...]) -> tuple[Category, SubCategory | None]:
        if not path:
            return self.default, None
        category, _new = Category.objects.get_or_create(category=path[0][:250])
        if len(path) == 1:
            return category, None
        name = " / ".join(path[1:])[:250]
        return category, SubCategory.objects.get_or_create(category=category, sub_category=name)[0]


def kept_picture(picture: Picture, *, by: AbstractBaseUser | None) -> AcademyImage | None:
    """The picture among the site's images, once for the same bytes; None for what is no safe raster picture."""
    suffix = suffix_of(picture.content)
    if suffix is None:
        return None
    title = picture.name.rpartition(".")[0] or "question"
    image = AcademyImage(title=title[:255], uploaded_by_user=by)
    image.file = ImageFile(io.BytesIO(picture.content), name=f"question.{suffix}")
    image.file_size = len(picture.content)
    image._set_file_hash()
    if same := AcademyImage.objects.filter(file_hash=image.file_hash).first():
        return same
    image.save()
    return image
