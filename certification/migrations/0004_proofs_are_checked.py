from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0003_from_before'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='certificate',
            name='prefix',
        ),
        migrations.RemoveField(
            model_name='certificate',
            name='signer_name',
        ),
        migrations.RemoveField(
            model_name='certificate',
            name='signer_position',
        ),
        migrations.RemoveField(
            model_name='certificatecounter',
            name='fiscal_year',
        ),
        migrations.RemoveField(
            model_name='certificatecounter',
            name='prefix',
        ),
        migrations.RemoveField(
            model_name='certificatedesign',
            name='signature',
        ),
        migrations.RemoveField(
            model_name='certificatedesign',
            name='signer_name',
        ),
        migrations.RemoveField(
            model_name='certificatedesign',
            name='signer_position',
        ),
        migrations.AlterField(
            model_name='certificatecounter',
            name='series',
            field=models.CharField(max_length=100, unique=True),
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('purpose',), name='one_active_key_for_each_purpose'),
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'retired', 'revoked'])), name='key_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_at__isnull', False), models.Q(('state', 'revoked'), _negated=True), _connector='OR'), name='a_revoked_key_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='statuslist',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', 131072)), name='a_status_list_has_its_size'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(condition=models.Q(('origin', 'issued'), ('rendered_at__isnull', True)), fields=['created_at'], name='certificates_without_a_file'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['fiscal_year', 'series', 'running_number'], name='certificates_of_a_year'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['province_code', 'issued_on'], name='certificates_of_a_province'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['holder', 'subject'], name='certificates_about_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('running_number__isnull', False)), fields=('series', 'running_number'), name='a_certificate_number_is_given_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'issued')), fields=('number',), name='an_issued_number_stands_on_one_sheet'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('occasion', ''), _negated=True)), fields=('occasion',), name='one_certificate_for_each_occasion'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('status_list', 'status_index'), name='a_place_in_the_status_list_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('origin', 'recorded'), models.Q(('design__isnull', False), ('running_number__isnull', False)), _connector='OR'), name='an_issued_certificate_has_its_number_and_design'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'valid'), models.Q(('ended_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='an_ended_certificate_says_when_and_why'),
        ),
        migrations.AddConstraint(
            model_name='designversion',
            constraint=models.UniqueConstraint(fields=('design', 'number'), name='a_version_of_a_design_has_its_number'),
        ),
    ]
