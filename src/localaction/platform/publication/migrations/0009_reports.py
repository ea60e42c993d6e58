import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0004_scope_countries'),
        ('publication', '0008_signatures'),
        ('reporting', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='report',
            field=models.OneToOneField(help_text='Empty for what an import or an early version published.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='reporting.report'),
        ),
        migrations.CreateModel(
            name='PublishedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('framework', models.CharField(max_length=64, verbose_name='framework')),
                ('edition', models.CharField(max_length=32, verbose_name='edition')),
                ('period_start', models.DateField(verbose_name='first day')),
                ('label_year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('document', models.TextField()),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('content_digest', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='published')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('is_current', models.BooleanField(default=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_reports', to='places.place')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published_report', to='reporting.report')),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='publication.publishedreport')),
            ],
            options={
                'verbose_name': 'published report',
                'verbose_name_plural': 'published reports',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('place', 'framework', 'period_start'), name='publication_report_one_current', violation_error_message='One report of a place on a framework and period is current.'), models.CheckConstraint(condition=models.Q(('supersedes', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='publication_report_correction_has_reason', violation_error_message='A correction has a reason.')],
            },
        ),
        AppendOnly("publication", mutable=["is_current", "withdrawn_at"]),
        AppendOnly("publishedreport", mutable=["is_current"]),
    ]
