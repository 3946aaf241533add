"""The report of a workshop on paper: who came, scores, evaluation, costs, pictures. No names of learners."""

from base64 import b64encode
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from certification.rendering.official import formal, printable
from cms.thai.digits import to_thai
from learning.workshops.models import WorkshopPicture
from learning.workshops.printing.facts import Facts
from learning.workshops.printing.writing import write
from learning.workshops.queries.report import Breakdown, CountLine, Report, report_of


def print_report(facts: Facts) -> bytes:
    return write("report", context_of(facts, report_of(facts.workshop)))


def context_of(facts: Facts, report: Report) -> dict[str, Any]:
    """Texts as they are printed; figures in Thai digits."""
    overall = report.evaluation.overall
    return {
        "title": _("Report of the workshop"),
        "printed_at": facts.printed_at.isoformat(timespec="seconds"),
        "author": facts.center,
        "workshop": facts.title,
        "when": facts.when,
        "place": facts.place,
        "office": formal(str(report.workshop.office)) if report.workshop.office else "",
        "aim": formal(report.workshop.aim),
        "trainers": ", ".join(formal(trainer.name) for trainer in report.trainers),
        "people": _counted(report.people),
        "mean_attendance": "–" if report.mean_attendance is None else f"{_whole(report.mean_attendance)}%",
        "parts": [_part(part) for part in report.breakdowns],
        "gain": report.gain
        and {
            "people": _whole(report.gain.people),
            "before": _one(report.gain.before),
            "after": _one(report.gain.after),
            "points": _one(report.gain.points),
        },
        "sheets": _whole(report.evaluation.sheet_count),
        "overall": overall and {"mean": _two(overall.mean), "word": overall.word},
        "evaluation": [
            {
                "text": formal(f"{line.item.text} ({line.item.trainer})" if line.item.trainer else line.item.text),
                "mean": _two(line.summary.mean),
                "deviation": _two(line.summary.deviation),
                "word": line.summary.word,
            }
            for line in report.evaluation.lines
            if line.summary
        ],
        "said": [
            {"question": formal(line.item.text), "texts": [formal(text) for text in line.texts]}
            for line in report.evaluation.lines
            if line.texts
        ],
        "costs": [
            {
                "text": formal(line.text),
                "kind": line.get_kind_display(),
                "quantity": to_thai(f"{line.quantity.normalize():f}"),
                "price": _baht(line.price),
                "amount": _baht(line.amount),
            }
            for line in report.costs.lines
        ],
        "total": _baht(report.costs.total),
        "per_head": _baht(report.costs.per_head) if report.costs.per_head is not None else "",
        "pictures": [_picture(picture) for picture in report.pictures],
        "contact": facts.contact,
    }


def _part(part: Breakdown) -> dict[str, Any]:
    return {"title": part.title, "lines": [_counted(line) for line in (*part.lines, part.total)]}


def _counted(line: CountLine) -> dict[str, str]:
    return {
        "label": printable(line.label),
        "seats": _whole(line.seats),
        "attended": _whole(line.attended),
        "completed": _whole(line.completed),
    }


def _picture(picture: WorkshopPicture) -> dict[str, str]:
    """As a data address: nothing is fetched while a paper is laid out."""
    with picture.image.open("rb") as file:
        data = b64encode(file.read()).decode()
    return {"data": f"data:image/jpeg;base64,{data}", "caption": formal(picture.caption)}


def _whole(number: int | None) -> str:
    return "–" if number is None else to_thai(f"{number:,}")


def _one(number: float) -> str:
    return to_thai(f"{number:.1f}")


def _two(number: float) -> str:
    return to_thai(f"{number:.2f}")


def _baht(amount: Decimal) -> str:
    return to_thai(f"{amount:,.2f}")
