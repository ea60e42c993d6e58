import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reporting', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('seed', models.CharField(max_length=64, verbose_name='seed of the sample')),
                ('wanted', models.PositiveIntegerField(verbose_name='lines wanted')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun')),
                ('begun_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='reporting.submission', verbose_name='submission')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Query',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('key', models.CharField(blank=True, max_length=200, verbose_name='figure')),
                ('label', models.CharField(max_length=300, verbose_name='label')),
                ('due_on', models.DateField(verbose_name='reply by')),
                ('status', models.CharField(choices=[('asked', 'waits for a reply'), ('replied', 'replied'), ('settled', 'settled')], default='asked', max_length=8, verbose_name='status')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queries', to='verification.review', verbose_name='review')),
            ],
            options={
                'verbose_name': 'query',
                'verbose_name_plural': 'queries',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('verified', 'verified'), ('returned', 'returned')], max_length=8, verbose_name='outcome')),
                ('level', models.CharField(blank=True, choices=[('limited', 'limited assurance'), ('reasonable', 'reasonable assurance')], max_length=10, verbose_name='level of assurance')),
                ('opinion', models.CharField(blank=True, choices=[('unmodified', 'without reservation'), ('qualified', 'with reservations')], max_length=10, verbose_name='opinion')),
                ('signed_as', models.CharField(blank=True, max_length=200, verbose_name='signed as')),
                ('text', models.TextField(verbose_name='statement or reasons')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='verification.review', verbose_name='review')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SampledLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, verbose_name='line')),
                ('label', models.CharField(max_length=300, verbose_name='label')),
                ('share', models.FloatField(verbose_name='share of all')),
                ('certain', models.BooleanField(verbose_name='drawn by every seed')),
                ('found', models.CharField(choices=[('open', 'to do'), ('agrees', 'agrees with its evidence'), ('differs', 'differs, not materially')], default='open', max_length=8, verbose_name='found')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('looked_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('looked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sample', to='verification.review', verbose_name='review')),
            ],
            options={
                'verbose_name': 'sampled line',
                'verbose_name_plural': 'sampled lines',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='assigned')),
                ('declared_at', models.DateTimeField(null=True, verbose_name='declared to have no part in it')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('reason', models.TextField(blank=True, verbose_name='why it ended')),
                ('assigned_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='reporting.report', verbose_name='report')),
                ('verifier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verifier')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('report', 'verifier'), name='verification_assignment_once', violation_error_message='This person is assigned already.'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='verification_assignment_ends_for_a_reason', violation_error_message='An assignment ends for a reason.')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('verifier', 'verifier'), ('place', 'place')], max_length=8, verbose_name='said by')),
                ('text', models.TextField(verbose_name='text')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('query', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='verification.query', verbose_name='query')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='verification_message_says_something')],
            },
        ),
        migrations.AddConstraint(
            model_name='query',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'replied', 'settled'])), name='verification_query_known_status', violation_error_message='A query waits, is replied to, or is settled.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level__in', ['limited', 'reasonable']), ('opinion__in', ['unmodified', 'qualified']), ('outcome', 'verified'), models.Q(('signed_as', ''), _negated=True)), models.Q(('level', ''), ('opinion', ''), ('outcome', 'returned'), ('signed_as', '')), _connector='OR'), name='verification_decision_is_whole', violation_error_message='A statement has level, opinion and who signs; a return has none.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='verification_decision_says_why', violation_error_message='A decision says why.'),
        ),
        migrations.AddConstraint(
            model_name='sampledline',
            constraint=models.UniqueConstraint(fields=('review', 'key'), name='verification_line_once'),
        ),
        migrations.AddConstraint(
            model_name='sampledline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found', 'open'), ('looked_at', None)), models.Q(('found__in', ['agrees', 'differs']), ('looked_at__isnull', False)), _connector='OR'), name='verification_line_looked_at_when_found', violation_error_message='What was found of a line has a time.'),
        ),
        migrations.AddConstraint(
            model_name='sampledline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found', 'differs'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='verification_line_differs_with_a_note', violation_error_message='A difference is described.'),
        ),
        AppendOnly("message"),
        AppendOnly("decision"),
    ]
