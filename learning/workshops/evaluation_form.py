"""The usual form, the five points, and what a mean says. Pure.

The words of the form are content in Thai and not of the catalog: the center may change them before the first answer.
Bands of interpretation: the equal fifths between 1 and 5 that Thai training reports use with the five-point scale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from learning.workshops.choices import ItemKind

# Best first, as on paper.
POINTS = (
    (5, pgettext_lazy("of five points", "Most")),
    (4, pgettext_lazy("of five points", "Much")),
    (3, pgettext_lazy("of five points", "Medium")),
    (2, pgettext_lazy("of five points", "Little")),
    (1, pgettext_lazy("of five points", "Least")),
)
# The lower end of each band.
BANDS = ((4.51, 5), (3.51, 4), (2.51, 3), (1.51, 2), (1.0, 1))
# With fewer sheets somebody might be known by the answers; nothing of them is shown.
FEWEST_SHEETS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form; `per_trainer` stands once for each trainer."""

    section: str
    text: str
    kind: str = ItemKind.SCALE
    per_trainer: bool = False


END_FORM = (
    Line("เนื้อหา", "เนื้อหาตรงกับงานที่ท่านทำในสหกรณ์หรือกลุ่ม"),
    Line("เนื้อหา", "เนื้อหาเข้าใจง่าย มีตัวอย่างที่นำไปใช้ได้"),
    Line("เนื้อหา", "เวลาที่ใช้เหมาะกับเนื้อหา"),
    Line("วิทยากร", "อธิบายชัดเจน เข้าใจง่าย", per_trainer=True),
    Line("วิทยากร", "ตอบคำถามและรับฟังผู้เข้าอบรม", per_trainer=True),
    Line("สถานที่และการจัดงาน", "ห้องอบรม ที่นั่ง และเครื่องเสียง"),
    Line("สถานที่และการจัดงาน", "การติดต่อ การลงทะเบียน และการดูแลของเจ้าหน้าที่"),
    Line("สถานที่และการจัดงาน", "อาหารและเครื่องดื่ม"),
    Line("ประโยชน์ที่ได้รับ", "ก่อนอบรม ท่านมีความรู้เรื่องนี้"),
    Line("ประโยชน์ที่ได้รับ", "หลังอบรม ท่านมีความรู้เรื่องนี้"),
    Line("ประโยชน์ที่ได้รับ", "ท่านมั่นใจว่าจะนำไปใช้ในสหกรณ์หรือกลุ่มได้"),
    Line("ความเห็นของท่าน", "สิ่งที่ท่านจะนำกลับไปทำเป็นอย่างแรก", ItemKind.TEXT),
    Line("ความเห็นของท่าน", "สิ่งที่ควรปรับปรุง", ItemKind.TEXT),
)
FOLLOW_UP_FORM = (
    Line("การนำไปใช้", "ท่านได้นำความรู้จากการอบรมไปใช้ในสหกรณ์หรือกลุ่ม"),
    Line("การนำไปใช้", "งานของสหกรณ์หรือกลุ่มดีขึ้นจากสิ่งที่นำไปใช้"),
    Line("การนำไปใช้", "คณะกรรมการหรือสมาชิกสนับสนุนให้ท่านนำไปใช้"),
    Line("เล่าให้เราฟัง", "สิ่งที่ท่านทำแล้ว และผลที่เกิดขึ้น", ItemKind.TEXT),
    Line("เล่าให้เราฟัง", "สิ่งที่ยังทำไม่ได้ เพราะอะไร และอยากให้ช่วยเรื่องใด", ItemKind.TEXT),
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Answers to one scale line: how many, mean, standard deviation of the sample, and how many of each point."""

    count: int
    mean: float
    deviation: float
    points: dict[int, int]

    @property
    def band(self) -> int | None:
        return band_of(self.mean) if self.count else None

    @property
    def word(self) -> str:
        """What the mean says; empty without an answer."""
        return str(dict(POINTS)[self.band]) if self.band else ""


def summary_of(scores: Sequence[int]) -> Summary:
    """Of scores from 1 to 5; without any, all is 0."""
    count = len(scores)
    mean = sum(scores) / count if count else 0.0
    deviation = math.sqrt(sum((score - mean) ** 2 for score in scores) / (count - 1)) if count > 1 else 0.0
    return Summary(count, mean, deviation, {point: scores.count(point) for point, _word in POINTS})


def band_of(mean: float) -> int:
    """4.51–5.00 is 5, 3.51–4.50 is 4, 2.51–3.50 is 3, 1.51–2.50 is 2, 1.00–1.50 is 1, of the mean rounded to two
    decimals as it is printed. ValueError below 1 or above 5."""
    written = round(mean + 1e-9, 2)
    if not 1 <= written <= 5:
        raise ValueError(f"{mean} is no mean of five points.")
    return next(band for least, band in BANDS if written >= least)
