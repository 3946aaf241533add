"""Asking for bundles of files, and what becomes of them by the clock."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.records import tasks
from learning.records.bundling.making import MOST, MOST_ATTEMPTS, abandoned, bundled, free_to_take, give_up
from learning.records.choices import BundleKind, PaperState
from learning.records.models import Bundle
from learning.records.queries import certificates_visible_to
from learning.records.rules import register_reach

# Somebody who presses the button again and again.
MOST_WAITING = 3
KEPT = timedelta(days=7)


@transaction.atomic
def ask_for_bundle(asked: dict[str, str], *, kind: str, title: str, by: User) -> Bundle:
    """Have the files of what is asked put into one by the worker; asking again while it is made gives the same."""
    reach = register_reach(by)
    User.objects.select_for_update().get(pk=by.pk)  # two presses at once: the second finds the first
    query = urlencode(sorted(asked.items()))
    waiting = Bundle.objects.filter(asked_by=by, state=PaperState.WAITING)
    if same := waiting.filter(query=query, kind=kind).first():
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("Three of your bundles are still being made. Wait until they are ready."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
            way_on="/office/certificates/bundles/",
            way_on_label=_("Files made for printing"),
        )
    found = bundled(certificates_visible_to(by, reach=reach), asked)
    total = found.filter(rendered_at__isnull=False).order_by().count()
    if not total:
        raise Refused(
            _("None of these certificates has a file: those recorded from paper have none, others are being made."),
            way_on=f"/office/certificates/?{query}",
            way_on_label=_("Register of certificates"),
        )
    if total > MOST:
        raise Refused(
            _("%(count)s files are too many for one bundle; it holds %(most)s. Narrow the register first.")
            % {"count": f"{total:,}", "most": f"{MOST:,}"},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            way_on=f"/office/certificates/?{query}",
            way_on_label=_("Register of certificates"),
        )
    bundle = Bundle.objects.create(
        asked_by=by, kind=BundleKind(kind), title=title[:255], query=query, total=total, seen_at=free_to_take()
    )
    log(bundle, "records.ask_bundle", user=by, data={"kind": kind, "count": total, "asked": asked})
    queue_after_commit(tasks.make_bundle, bundle.pk)
    return bundle


def tend_bundles() -> int:
    """Old ones are gone after a week, lost ones are made, hopeless ones are ended. Gives how many were looked after."""
    old = list(Bundle.objects.filter(created_at__lt=timezone.now() - KEPT))
    for bundle in old:
        bundle.file.delete(save=False)
        bundle.delete()
    lost = list(abandoned())
    for bundle in lost:
        if bundle.attempts < MOST_ATTEMPTS:
            tasks.make_bundle.delay(bundle.pk)
        else:
            give_up(bundle)
    return len(old) + len(lost)
