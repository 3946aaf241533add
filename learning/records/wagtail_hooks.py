"""What is written into the log of the admin, and where the check of certificates finds training records."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from certification.checking.others import HOOK, OtherPaper
from cms.thai.dates import format_be
from learning.records.holdings import ended_since, training_record_with


@hooks.register("register_log_actions")
def showing_actions(actions: Any) -> None:
    """What people have made to show."""
    for name, label, message in (
        ("records.ask_training_record", _("Ask for a training record"), _("Asked for a training record")),
        ("records.share_wallet", _("Share certificates"), _("Made a link to the own certificates")),
        ("records.take_back_share", _("Take a link back"), _("Took back a link to the own certificates")),
    ):
        actions.register_action(name, label, message)


@hooks.register("register_log_actions")
def issuing_actions(actions: Any) -> None:
    """Certificates for many at once."""
    actions.register_action("records.open_batch", _("Issue a batch"), _("Began to issue a batch of certificates"))
    actions.register_action("records.batch_done", _("Finish a batch"), _("A batch of certificates is done"))


@hooks.register("register_log_actions")
def office_actions(actions: Any) -> None:
    """What officers do with the register of certificates."""
    for name, label, message in (
        ("records.export", _("Take the register away"), _("Took the register of certificates away as a table")),
        ("records.download_certificate", _("Download a certificate"), _("Downloaded a certificate")),
        ("records.ask_bundle", _("Ask for a bundle"), _("Asked for the files of many certificates")),
        ("records.download_bundle", _("Download a bundle"), _("Downloaded the files of many certificates")),
        ("records.upload_papers", _("Upload a list of papers"), _("Uploaded a list of certificates on paper")),
        ("records.record_papers", _("Record papers"), _("Recorded certificates on paper")),
        ("certification.record", _("Record a paper"), _("Recorded a certificate on paper")),
    ):
        actions.register_action(name, label, message)


@hooks.register(HOOK)
def find_training_record(*, code: str, sha256: str) -> OtherPaper | None:
    """A training record, for whoever looks for it where certificates are checked."""
    record = training_record_with(code=code, sha256=sha256)
    if record is None:
        return None
    gaps = {"name": record.facts["name"], "day": format_be(record.created_at)}
    ended = ended_since(record)
    doubt = ngettext(
        "Since then %(number)s certificate in it has been revoked. Ask its holder for a new training record.",
        "Since then %(number)s certificates in it have been revoked. Ask its holder for a new training record.",
        ended,
    )
    return OtherPaper(
        address=reverse("records:check_record", args=[record.code]),
        sentence=gettext("It is a training record of %(name)s, made on %(day)s.") % gaps,
        doubt=doubt % {"number": ended} if ended else "",
        fault=gettext("The key that signed it was revoked, so it counts no more. Ask its holder for a new one.")
        if record.is_signed_by_a_revoked_key
        else "",
    )
