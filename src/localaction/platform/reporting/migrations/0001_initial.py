import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('inventories', '0008_recalculation_acting'),
        ('places', '0004_scope_countries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verified_only', models.BooleanField(default=False, verbose_name='only verified reports')),
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publishing_rule', to='places.place')),
            ],
            options={
                'verbose_name': 'rule of publishing',
                'verbose_name_plural': 'rules of publishing',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('framework', models.CharField(blank=True, max_length=64, verbose_name='framework')),
                ('edition', models.CharField(blank=True, max_length=32, verbose_name='edition')),
                ('period_start', models.DateField(verbose_name='first day')),
                ('period_end', models.DateField(verbose_name='last day')),
                ('label_year', models.PositiveSmallIntegerField(help_text='Year by which the place names the period.', verbose_name='year')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('in_review', 'in review'), ('queried', 'queried'), ('verified', 'verified'), ('returned', 'returned'), ('published', 'published'), ('superseded', 'superseded')], default='draft', max_length=12, verbose_name='state')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this state since')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun')),
                ('inventory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='inventories.inventory', verbose_name='inventory')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='places.place', verbose_name='place')),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='reporting.report', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('document', models.TextField(verbose_name='document')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='digest')),
                ('note', models.TextField(blank=True, verbose_name='what the place says')),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='submitted')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='reporting.report', verbose_name='report')),
                ('submitted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'submission',
                'verbose_name_plural': 'submissions',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='submission',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.submission', verbose_name='what was submitted last'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='reporting_submission_numbered_once', violation_error_message='Somebody else submitted this report at the same moment.'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['state', 'state_since'], name='reporting_report_queue'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_review', 'queried', 'verified', 'returned', 'published', 'superseded'])), name='reporting_report_known_state', violation_error_message='A report is in one of the known states.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', ''), ('framework', ''), ('inventory__isnull', False)), models.Q(('inventory', None), models.Q(('framework', ''), _negated=True), models.Q(('edition', ''), _negated=True)), _connector='OR'), name='reporting_report_of_one_subject', violation_error_message='A report is of an inventory, or of an edition of a framework.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('submission', None)), models.Q(models.Q(('state', 'draft'), _negated=True), ('submission__isnull', False)), _connector='OR'), name='reporting_report_draft_is_not_frozen', violation_error_message='A draft has nothing frozen; every later state has.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='reporting_report_period_ends_after_start', violation_error_message='A period does not end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_review', 'queried', 'verified', 'returned'])), fields=('inventory',), name='reporting_report_one_open_of_inventory', violation_error_message='A report of this inventory is under way already.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('inventory',), name='reporting_report_one_published_of_inventory', violation_error_message='One report of an inventory is published at a time.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'in_review', 'queried', 'verified', 'returned']), ('inventory', None)), fields=('place', 'framework', 'period_start'), name='reporting_report_one_open', violation_error_message='A report for this framework and period is under way already.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('inventory', None), ('state', 'published')), fields=('place', 'framework', 'period_start'), name='reporting_report_one_published', violation_error_message='One report for a framework and period is published at a time.'),
        ),
        AppendOnly("submission"),
    ]
