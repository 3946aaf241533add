"""What lies behind the doors of learners: it is all malee's."""

from typing import Any

from django.utils import timezone

from courses.catalog.models import CoursePage
from learning.records.flows.showing import ask_for_training_record, share_wallet
from tests.cast import Cast
from tests.doors.sides import Side
from tests.factories.learning import enroll_malee, read_everything, sit_test


def things_of_malee(cast: Cast, courses: dict[str, CoursePage], side: Side) -> dict[str, dict[str, Any]]:
    """For each learner's door that wants parts, the parts that lead to what is malee's."""
    other = courses["ledger"]
    done = enroll_malee(cast, courses["control"])
    read_everything(done, by=cast.malee)
    sitting = sit_test(done, by=cast.malee).pk
    done.refresh_from_db()
    active = enroll_malee(cast, other)
    lesson = {"course": other.slug, "lesson": "lesson-1"}
    assert done.certificate is not None
    record = ask_for_training_record(cast.malee, by=cast.malee)
    share = share_wallet(cast.malee, ends_on=timezone.localdate(), by=cast.malee)
    return {
        "certification:verify": {"code": done.certificate.code},
        "certification:verify_json": {"code": done.certificate.code},
        "certification:download": {"code": done.certificate.code},
        "enrollments:enroll": {"course": other.slug},
        "enrollments:withdraw": {"enrollment_id": active.pk},
        "organizations:join": {"organization_id": cast.board_seat.organization_id},
        "organizations:leave": {"membership_id": cast.board_seat.pk},
        "records:certificate": {"code": done.certificate.code},
        "records:show": {"code": done.certificate.code},
        "records:record_file": {"code": record.code},
        "records:end_share": {"pk": share.pk},
        "progress:panel": {"course_id": other.pk},
        "progress:resume": {"course": other.slug},
        "progress:finish": lesson,
        "progress:lesson": lesson,
        "sittings:start": {"course": other.slug, "lesson": "final-test"},
        "sittings:sit": {"sitting_id": sitting},
        "sittings:go": {"sitting_id": sitting},
        "sittings:answer": {"sitting_id": sitting, "position": 1},
        "sittings:submit": {"sitting_id": sitting},
        "sittings:result": {"sitting_id": sitting},
        **workshops_of(side),
    }


def workshops_of(side: Side) -> dict[str, dict[str, Any]]:
    """The same of the learner of a side."""
    seat, held = {"pk": side.seats["open own"].pk}, {"pk": side.workshops["held"].pk}
    return {
        "workshops:register": {"pk": side.workshops["open"].pk},
        "workshops:pre_test": {"pk": side.workshops["open"].pk},
        "workshops:ticket": seat,
        "workshops:cancel_seat": seat,
        "workshops:seat_calendar": seat,
        "workshops:post_test": held,
        "workshops:evaluate": held,
        "workshops:follow_up": {"pk": side.workshops["past"].pk},
    }
