from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_who_sits(apps, schema_editor):
    """Until now every sitting was of an enrollment: who sits is who is enrolled."""
    Sitting = apps.get_model("sittings", "Sitting")
    Enrollment = apps.get_model("enrollments", "Enrollment")
    learner = Enrollment.objects.filter(pk=OuterRef("enrollment")).values("user")[:1]
    Sitting.objects.filter(user__isnull=True).update(user=Subquery(learner))


class Migration(migrations.Migration):
    # Apart from the changes of the table before and after it: PostgreSQL alters no table with checks in waiting.

    dependencies = [
        ('sittings', '0002_free_sittings'),
    ]

    operations = [
        migrations.RunPython(name_who_sits, migrations.RunPython.noop),
    ]
