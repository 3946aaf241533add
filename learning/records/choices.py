"""States of batches, bundles, training records and paper registers, as tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchState(TextChoices):
    """WAITING → RUNNING | DONE; RUNNING → DONE. A batch is done when no line of it waits."""

    WAITING = "waiting", pgettext_lazy("of a batch", "Waiting")
    RUNNING = "running", pgettext_lazy("of a batch", "Being issued")
    DONE = "done", pgettext_lazy("of a batch", "Done")


BATCH_TRANSITIONS: dict[str, frozenset[str]] = {
    BatchState.WAITING: frozenset({BatchState.RUNNING, BatchState.DONE}),
    BatchState.RUNNING: frozenset({BatchState.DONE}),
}


class ItemState(TextChoices):
    """WAITING → ISSUED | REFUSED."""

    WAITING = "waiting", pgettext_lazy("of a line of a batch", "Waiting")
    ISSUED = "issued", pgettext_lazy("of a line of a batch", "Issued")
    REFUSED = "refused", pgettext_lazy("of a line of a batch", "Not issued")


ITEM_TRANSITIONS: dict[str, frozenset[str]] = {ItemState.WAITING: frozenset({ItemState.ISSUED, ItemState.REFUSED})}


class PaperState(TextChoices):
    """WAITING → READY | FAILED: a bundle or a training record being made."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not made")


PAPER_TRANSITIONS: dict[str, frozenset[str]] = {PaperState.WAITING: frozenset({PaperState.READY, PaperState.FAILED})}


class BundleKind(TextChoices):
    PDF = "pdf", _("One PDF to print")
    ZIP = "zip", _("ZIP of all files")


class RegisterState(TextChoices):
    """WAITING → CHECKED | REFUSED | DISCARDED; CHECKED → RECORDING | DISCARDED; RECORDING → RECORDED | CHECKED."""

    WAITING = "waiting", _("Being read")
    CHECKED = "checked", _("Read; nothing recorded yet")
    REFUSED = "refused", _("Could not be read")
    RECORDING = "recording", _("Being recorded")
    RECORDED = "recorded", _("Recorded")
    DISCARDED = "discarded", _("Discarded")


REGISTER_TRANSITIONS: dict[str, frozenset[str]] = {
    RegisterState.WAITING: frozenset({RegisterState.CHECKED, RegisterState.REFUSED, RegisterState.DISCARDED}),
    RegisterState.CHECKED: frozenset({RegisterState.RECORDING, RegisterState.DISCARDED}),
    RegisterState.RECORDING: frozenset({RegisterState.RECORDED, RegisterState.CHECKED}),
}
