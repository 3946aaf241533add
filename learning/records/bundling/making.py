"""A bundle made by one worker: taken, asked again within the area of today, written to the disk, kept."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.files import File
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certification.choices import CertificateState
from certification.models import Certificate
from learning.kernel.states import move
from learning.records.bundling.packed import write_packed
from learning.records.choices import PAPER_TRANSITIONS, BundleKind, PaperState
from learning.records.models import Bundle
from learning.records.narrowing import BY_NUMBER, narrowed
from learning.records.queries import certificates_visible_to, reach_of

logger = logging.getLogger(__name__)

MOST = 2_000
ABANDONED_AFTER = timedelta(minutes=3)
MOST_ATTEMPTS = 3
READ_AT_ONCE = 50
BEAT = 20


class Superseded(Exception):
    """Another worker has this bundle now."""


class NotMade(Exception):
    """There is nothing to make: `sentence` says why to who asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def free_to_take() -> datetime:
    """For `seen_at` of a bundle that waits for its first worker."""
    return timezone.now() - ABANDONED_AFTER


def bundled(certificates: QuerySet[Certificate], asked: dict[str, str]) -> QuerySet[Certificate]:
    """What a bundle holds: as the page shows it; ended certificates only when they are asked for."""
    found = narrowed(certificates, asked)
    return found if asked.get("state") else found.filter(state=CertificateState.VALID)


def make_bundle(bundle_id: int) -> bool:
    """Make a bundle that waits. False when it is not ours to do, or was not made."""
    now = timezone.now()
    free = Bundle.objects.filter(pk=bundle_id, state=PaperState.WAITING, seen_at__lte=now - ABANDONED_AFTER)
    if not free.update(seen_at=now, attempts=F("attempts") + 1, done=0):
        return False
    bundle = Bundle.objects.select_related("asked_by").get(pk=bundle_id)
    with translation.override(settings.LANGUAGE_CODE), TemporaryDirectory() as folder:
        path = Path(folder) / f"bundle.{bundle.kind}"
        try:
            reach = _write(bundle, path)
            _keep(bundle, path, reach)
        except Superseded:
            return False
        except NotMade as refused:
            return _failed(bundle, refused.sentence)
        except DatabaseError:
            raise  # the sweep gives it to another worker
        except Exception:
            logger.exception("Bundle %s could not be made.", bundle_id)
            return _failed(bundle, _("Something went wrong on our side, and it was not made. Ask for it again."))
    return True


def _write(bundle: Bundle, path: Path) -> str:
    """Gives the fingerprint of the reach with which it was made."""
    reach = reach_of(bundle.asked_by)
    if not reach:
        raise NotMade(_("Your duty for this area has ended, so it was not made."))
    found = bundled(certificates_visible_to(bundle.asked_by, reach=reach), dict(parse_qsl(bundle.query)))
    with_file = found.filter(rendered_at__isnull=False)
    keys = list(with_file.order_by(*BY_NUMBER).values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise NotMade(_("None of these certificates has a file by now."))
    if len(keys) > MOST:
        raise NotMade(_("There are more than 2,000 by now. Narrow the register and ask again."))
    left_out = found.filter(rendered_at__isnull=True).order_by().count()
    _beat(bundle, total=len(keys), left_out=left_out)
    files = _files(bundle, keys)
    if bundle.kind == BundleKind.ZIP:
        write_packed(files, path, today=timezone.localdate())
    else:
        from learning.records.bundling.merged import write_merged  # loads qpdf, which no page needs

        write_merged((content for _certificate, content in files), path, title=bundle.title, remark=remark())
    return reach.fingerprint


def remark() -> str:
    """What a copy to print says of itself."""
    return _("A copy to print. The electronic signatures stand only in the file of each single certificate.")


def _files(bundle: Bundle, keys: list[int]) -> Iterator[tuple[Certificate, bytes]]:
    """Each certificate with its stored bytes, a few rows at a time."""
    done = 0
    for start in range(0, len(keys), READ_AT_ONCE):
        rows = Certificate.objects.defer("credential", "credential_json").in_bulk(keys[start : start + READ_AT_ONCE])
        for key in keys[start : start + READ_AT_ONCE]:
            with rows[key].file.open("rb") as opened:
                yield rows[key], opened.read()
            done += 1
            if done % BEAT == 0:
                _beat(bundle, done=done)


def _beat(bundle: Bundle, **progress: int) -> None:
    now = max(timezone.now(), bundle.seen_at + timedelta(microseconds=1))
    mine = Bundle.objects.filter(pk=bundle.pk, state=PaperState.WAITING, seen_at=bundle.seen_at)
    if not mine.update(seen_at=now, **progress):
        raise Superseded(f"Bundle {bundle.pk} is in other hands.")
    bundle.seen_at = now


def _keep(bundle: Bundle, path: Path, reach: str) -> None:
    _beat(bundle)
    with path.open("rb") as opened, transaction.atomic():
        bundle.refresh_from_db()
        facts: dict[str, object] = {"done": bundle.total, "reach": reach}
        move(bundle, PaperState.READY, transitions=PAPER_TRANSITIONS, stamp="made_at", **facts)
        bundle.file.save(f"{bundle.pk}.{bundle.kind}", File(opened), save=False)
        Bundle.objects.filter(pk=bundle.pk).update(file=bundle.file.name)


def _failed(bundle: Bundle, sentence: str) -> bool:
    with transaction.atomic():
        waiting = Bundle.objects.select_for_update().filter(pk=bundle.pk, state=PaperState.WAITING).first()
        if waiting:
            move(waiting, PaperState.FAILED, transitions=PAPER_TRANSITIONS, refusal=sentence)
    return False


def abandoned() -> QuerySet[Bundle]:
    """Bundles that wait although nobody is at them."""
    return Bundle.objects.filter(Q(state=PaperState.WAITING), seen_at__lte=timezone.now() - ABANDONED_AFTER)


def give_up(bundle: Bundle) -> None:
    """One worker after another was lost over it."""
    with translation.override(settings.LANGUAGE_CODE):
        _failed(bundle, _("It could not be made in several tries. Narrow the register and ask again."))
