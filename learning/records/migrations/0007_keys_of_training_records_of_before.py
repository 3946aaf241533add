import re
from base64 import urlsafe_b64decode
from typing import Any

from django.db import migrations

KEYS = {"document": "document_key", "approval": "approval_key"}
SIGNATURE = re.compile(rb"/Contents\s*<((?:[0-9A-Fa-f]{2})+)>")


def find_their_keys(apps: Any, _schema_editor: Any) -> None:
    """As the signatures in the file say. Where the file is gone: as the moment says at which it was made."""
    record_model = apps.get_model("records", "TrainingRecord")
    keys = list(apps.get_model("certification", "SigningKey").objects.order_by("-created_at", "-pk"))
    points = {key.pk: _point(key.public_jwk) for key in keys if key.purpose in KEYS}
    unknown = record_model.objects.filter(state="ready", document_key__isnull=True, approval_key__isnull=True)
    for record in unknown.only("file", "made_at").order_by("pk").iterator(chunk_size=500):
        signatures = _signatures_of(record)
        if signatures is None:
            found = [key for key in keys if key.purpose in KEYS and _was_active(key, record.made_at)]
        else:
            found = [key for key in keys if key.pk in points and points[key.pk] in signatures]
        if found:  # the newest of each purpose stays
            record_model.objects.filter(pk=record.pk).update(**{KEYS[key.purpose]: key.pk for key in reversed(found)})


def _signatures_of(record: Any) -> bytes | None:
    """The signatures in the file as DER, one behind the other; None when there is no file."""
    if not record.file:
        return None
    try:
        with record.file.open("rb") as opened:
            return b"\n".join(bytes.fromhex(found.decode()) for found in SIGNATURE.findall(opened.read()))
    except FileNotFoundError:
        return None


def _point(jwk: dict[str, str]) -> bytes:
    """A public key of P-256 as it stands in X.509 certificates, so in every signature of it (SEC 1, 2.3.3)."""
    return b"\x04" + b"".join(urlsafe_b64decode(jwk[name] + "=") for name in ("x", "y"))


def _was_active(key: Any, moment: Any) -> bool:
    """One key of a purpose was active at each moment, or none."""
    ended_at = min(filter(None, (key.retired_at, key.revoked_at)), default=moment)
    return bool(moment and key.created_at <= moment <= ended_at)


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0010_registers_in_their_order"),
        ("records", "0006_training_records_know_their_keys"),
    ]

    operations = [migrations.RunPython(find_their_keys, migrations.RunPython.noop)]
