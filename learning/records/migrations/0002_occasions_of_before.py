"""What the certificates of before were for: so that none is issued twice, and each counts for its area."""

from django.db import migrations


def tell_occasions(apps, schema_editor):
    Certificate, Enrollment, Seat = (
        apps.get_model(*name)
        for name in (("certification", "Certificate"), ("enrollments", "Enrollment"), ("workshops", "Seat"))
    )
    fields = [
        "occasion",
        "subject",
        "organization_name",
        "organization_key",
        "parent_key",
        "province_code",
        "district_code",
        "center_number",
    ]
    for rows, word in ((Enrollment.objects, "enrollment"), (Seat.objects.select_related("workshop"), "seat")):
        changed = []
        given = rows.filter(certificate__isnull=False).select_related("certificate", "organization")
        if word == "seat":
            given = given.select_related("workshop", "certificate", "organization")
        for row in given.iterator(chunk_size=500):
            certificate = row.certificate
            certificate.occasion = f"{word}:{row.pk}"
            if word == "enrollment":
                certificate.subject = f"course:{row.course_id}"
            else:
                course = row.workshop.course_id
                certificate.subject = f"course:{course}" if course else f"workshop:{row.workshop_id}"
                certificate.center_number = row.workshop.center_id
            certificate.organization_name = row.organization.name[:250]
            certificate.organization_key = row.organization_id
            certificate.parent_key = row.parent_id
            certificate.province_code = row.province_id
            certificate.district_code = row.district_id or ""
            changed.append(certificate)
            if len(changed) == 500:
                Certificate.objects.bulk_update(changed, fields)
                changed.clear()
        Certificate.objects.bulk_update(changed, fields)


class Migration(migrations.Migration):

    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(tell_occasions, migrations.RunPython.noop)]
