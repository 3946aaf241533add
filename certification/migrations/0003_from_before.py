"""Certificates, designs and counters of before, in the new words: nothing that is printed changes."""

from django.db import migrations
from django.db.models import F


def carry_over(apps, schema_editor):
    Design, Signer, Certificate, Counter = (
        apps.get_model("certification", name)
        for name in ("CertificateDesign", "DesignSigner", "Certificate", "CertificateCounter")
    )
    for design in Design.objects.all():
        Signer.objects.create(
            design=design,
            sort_order=0,
            name=design.signer_name,
            position=design.signer_position,
            picture_id=design.signature_id,
        )
    for counter in Counter.objects.all():
        counter.series = f"{counter.prefix}{{number}}/{counter.fiscal_year}"
        counter.save(update_fields=["series"])
    waiting = []
    for certificate in Certificate.objects.iterator(chunk_size=1000):
        certificate.series = f"{certificate.prefix}{{number}}/{certificate.fiscal_year}"
        certificate.number = f"{certificate.prefix}{certificate.running_number:06d}/{certificate.fiscal_year}"
        certificate.signers = [{"name": certificate.signer_name, "position": certificate.signer_position}]
        waiting.append(certificate)
        if len(waiting) == 1000:
            Certificate.objects.bulk_update(waiting, ["series", "number", "signers"])
            waiting.clear()
    Certificate.objects.bulk_update(waiting, ["series", "number", "signers"])
    # No page revoked a certificate before; who did it by hand gave no reason.
    Certificate.objects.exclude(state="valid").filter(ended_at__isnull=True).update(
        ended_at=F("created_at"), reason="ไม่ได้บันทึกเหตุผลไว้"
    )


class Migration(migrations.Migration):

    dependencies = [("certification", "0002_proofs")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
