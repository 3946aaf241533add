"""Invitation letters, one for each organization, in the form of an official letter to others.

The form: regulation of the Prime Minister's Office on official correspondence, B.E. 2526, s. 11 and model 1. The
upper margin is left for the Garuda of the pre-printed paper.
"""

import re
from datetime import date
from typing import Any

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.rendering.official import formal, printable
from cms.thai.digits import to_thai
from learning.organizations.choices import COOPERATIVES, Position
from learning.organizations.models import Organization
from learning.workshops.models import Workshop
from learning.workshops.printing.facts import Facts, day_of
from learning.workshops.printing.writing import write
from learning.workshops.queries.papers import details_of, invited

PURPOSE = "เพื่อ"
_NUMBER = re.compile("ที่ [๐-๙]+")


def print_letters(facts: Facts) -> bytes:
    """One letter a page, in Thai order of the organizations; one without a name when none is known yet."""
    return write("invitation", context_of(facts, details_of(facts.paper), invited(facts.workshop)))


def context_of(facts: Facts, details: dict[str, str], organizations: list[tuple[Organization, int]]) -> dict[str, Any]:
    workshop = facts.workshop
    dated_on = details.get("dated_on", "")
    reply_by = details.get("reply_by", "")
    return {
        "title": formal(_("Invitation: %(title)s") % {"title": workshop.title}),
        "printed_at": facts.printed_at.isoformat(timespec="seconds"),
        "author": facts.center,
        "number": formal(details.get("number", "")),
        "sender": _numbered(facts.center),
        "sender_place": _sender_place(workshop),
        "dated_on": day_of(date.fromisoformat(dated_on), weekday=False) if dated_on else "",
        "subject": formal(_("Invitation to the workshop “%(title)s”") % {"title": workshop.title}),
        "reason": reason_of(facts),
        "reply": reply_of(facts, reply_by),
        "letters": [
            {"to": addressee(organization), "wish": wish_of(facts, organization, count)}
            for organization, count in organizations or [(None, 0)]
        ],
        "signer": printable(details.get("signer", "")),
        "signer_position": formal(details.get("signer_position", "")),
        "contact": facts.contact,
    }


def _sender_place(workshop: Workshop) -> str:
    """Most centers have their province in the name."""
    province = workshop.center.host_province
    return "" if province.name in workshop.center.name else province.full_name


def addressee(organization: Organization | None) -> str:
    """Whom an organization is written to: the chair of its board, or of its committee."""
    if organization is None:
        return ""
    if organization.kind in COOPERATIVES:
        return _("Chair of the board of %(organization)s") % {"organization": printable(organization.name)}
    return _("Chair of %(organization)s") % {"organization": printable(organization.name)}


def reason_of(facts: Facts) -> SafeString:
    """ภาคเหตุ: who holds what, and what for."""
    workshop = facts.workshop
    who = _numbered(facts.center)
    if workshop.office:
        office = _numbered(formal(workshop.office.name))
        who = _filled(_("%(center)s together with %(office)s"), {"center": who, "office": office})
    gaps = {"who": who, "title": facts.title}
    if not workshop.aim:
        return _filled(_("%(who)s is going to hold the workshop “%(title)s”."), gaps)
    aim = formal(workshop.aim).rstrip(" .")
    aim = aim if aim.startswith(PURPOSE) else f"{PURPOSE}{aim}"
    return _filled(_("%(who)s is going to hold the workshop “%(title)s” %(aim)s."), {**gaps, "aim": aim})


def wish_of(facts: Facts, organization: Organization | None, count: int) -> SafeString:
    """ภาคความประสงค์: whom we ask for, when and where."""
    gaps = {
        "organization": printable(organization.name) if organization else _("your organization"),
        "whom": whom(facts.workshop),
        "count": to_thai(count),
        "when": _unbroken(facts.when),
        "clock": _unbroken(facts.clock),
        "place": facts.place,
    }
    if not count:
        return _filled(
            _("We invite %(organization)s to send %(whom)s to it, on %(when)s at %(clock)s, at %(place)s."), gaps
        )
    sentence = ngettext(
        "We invite %(organization)s to send %(whom)s to it, %(count)s person, on %(when)s at %(clock)s, at %(place)s.",
        "We invite %(organization)s to send %(whom)s to it, %(count)s people, on %(when)s at %(clock)s, at %(place)s.",
        count,
    )
    return _filled(sentence, gaps)


def whom(workshop: Workshop) -> str:
    labels = [str(Position(value).label) for value in workshop.positions if value in Position.values]
    if len(labels) < 2:
        return labels[0] if labels else _("representatives")
    return _("%(list)s and %(last)s") % {"list": " ".join(labels[:-1]), "last": labels[-1]}


def reply_of(facts: Facts, reply_by: str) -> SafeString:
    """How the names reach us."""
    day = day_of(date.fromisoformat(reply_by)) if reply_by else ""
    name, phone = printable(facts.workshop.contact), formal(facts.workshop.contact_phone)
    contact = format_html_join(" ", "{}", ((_unbroken(text),) for text in (name, phone) if text))
    gaps = {"contact": contact, "day": _unbroken(day)}
    if day and (name or phone):
        return _filled(_("Please tell the names to %(contact)s by %(day)s."), gaps)
    if day:
        return _filled(_("Please tell us the names by %(day)s."), gaps)
    return _filled(_("Please tell the names to %(contact)s."), gaps) if name or phone else SafeString("")


def _filled(sentence: str, gaps: dict[str, str]) -> SafeString:
    """A sentence with its gaps, as HTML; what is not marked as such is escaped."""
    return mark_safe(escape(sentence) % {name: conditional_escape(gap) for name, gap in gaps.items()})  # noqa: S308


def _numbered(name: str) -> SafeString:
    """The name of an office, which is not parted before its number."""
    return mark_safe(_NUMBER.sub(r'<span class="nowrap">\g<0></span>', escape(name)))  # noqa: S308


def _unbroken(text: str) -> SafeString:
    """Names of people, dates, hours and phone numbers stay on one line."""
    return format_html('<span class="nowrap">{}</span>', text)
