from typing import Any

from django.db import migrations


def find_their_keys(apps: Any, _schema_editor: Any) -> None:
    """One key was active at each moment: the last that was taken into use before the record was made."""
    record_model = apps.get_model("records", "TrainingRecord")
    key_model = apps.get_model("certification", "SigningKey")
    for purpose, name in (("document", "document_key"), ("approval", "approval_key")):
        nobody = {f"{name}__isnull": True}
        for key in key_model.objects.filter(purpose=purpose).order_by("-created_at", "-pk"):
            made = record_model.objects.filter(state="ready", made_at__gte=key.created_at, **nobody)
            ended_at = min(filter(None, (key.retired_at, key.revoked_at)), default=None)
            if ended_at is not None:  # between two second signers nobody signs; the newer keys have theirs by now
                made = made.filter(made_at__lte=ended_at)
            made.update(**{name: key})


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0010_registers_in_their_order"),
        ("records", "0006_training_records_know_their_keys"),
    ]

    operations = [migrations.RunPython(find_their_keys, migrations.RunPython.noop)]
