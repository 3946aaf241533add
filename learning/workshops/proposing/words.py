"""Turns a reason into a sentence for the person who decides."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learning.workshops.proposing import prices
from learning.workshops.proposing.problem import Reason

SENTENCES = {
    "any_day": _("No period was asked for, so every day of the year was looked at."),
    "window": _("All days lie within the period that was asked for."),
    "window_number": _("All days lie within period %(number)d of the %(count)d that were asked for."),
    "outside_windows": _("The days lie outside the periods that were asked for."),
    "same_district": _("The room is in the participants’ own district."),
    "same_province": _("The room is in the participants’ own province, in another district."),
    "same_region": _("The room is in another province of the same region; %(people)d people travel."),
    "far": _("The room is in another region; %(people)d people travel far."),
    "no_empty_seat": _("Every seat of the room is used."),
    "trainer_at_home": _("%(trainer)s works at this center and does not travel."),
    "within_share": _("%(trainer)s has %(half_days)s days of training in this plan; an even share is %(share)s."),
    "above_share": _(
        "%(trainer)s has %(half_days)s days of training in this plan, more than the even share of %(share)s."
    ),
    "date_moved": _("The workshop moves to other days."),
    "room_moved": _("The workshop moves to another room."),
    "new_trainer": _("%(trainer)s takes over."),
    "no_room_fits": _("No room holds %(people)d people; the largest holds %(largest)d."),
    "no_trainer_knows": _("Too few trainers teach this topic: %(known)d of the %(needed)d needed."),
    "trainers_have_no_days": _("The trainers of this topic have too few training days left this year."),
    "window_too_short": _("No week of the wished periods has %(days)d working days in a row."),
    "all_taken": _("Rooms (%(rooms)d) and trainers (%(trainers)d) would fit, but are never free together."),
    "announced_and_none_free": _("The days are already announced, and no room and trainer are free together on them."),
    "none_left_after_loss": _("After the loss, no room and trainer are free together in the wished period."),
}
TRAVELS = {
    prices.SAME_DISTRICT: _("%(trainer)s comes from another center, in the same district."),
    prices.SAME_PROVINCE: _("%(trainer)s comes from another center, in the same province."),
    prices.SAME_REGION: _("%(trainer)s travels from another province of the region."),
    prices.FAR: _("%(trainer)s travels from another region."),
}


def sentence(reason: Reason, names: Mapping[int, str] | None = None) -> str:
    """The reason as one whole sentence in the active language; `names` maps trainers to what they are called.

    Raises KeyError for a code that is not known.
    """
    gaps: dict[str, object] = dict(reason.values)
    if "trainer" in gaps:
        gaps["trainer"] = (names or {}).get(reason.values["trainer"]) or _("The trainer")
    if "half_days" in gaps:
        gaps |= {name: f"{reason.values[name] / 2:g}" for name in ("half_days", "share")}  # 3 is 1.5, 4 is 2
    return _words(reason) % gaps


def _words(reason: Reason) -> str:
    if reason.code == "empty_seats":
        return ngettext(
            "%(empty)d of %(capacity)d seats stays empty.",
            "%(empty)d of %(capacity)d seats stay empty.",
            reason.values["empty"],
        )
    if reason.code == "trainer_travels":
        return str(TRAVELS[reason.values["steps"]])
    return str(SENTENCES[reason.code])
