from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_bundles_keep_their_reach'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bundle',
            name='query',
            field=models.CharField(blank=True, max_length=3000),
        ),
    ]
