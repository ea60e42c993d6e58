import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_cache_table'),
        ('inventories', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('importer', models.CharField(max_length=32, verbose_name='importer')),
                ('name', models.CharField(max_length=255, verbose_name='file name')),
                ('path', models.CharField(editable=False, max_length=200)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('options', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('status', models.CharField(choices=[('received', 'received'), ('detecting', 'being looked at'), ('mapping', 'waiting for its columns to be mapped'), ('checking', 'being checked'), ('ready', 'ready to apply'), ('refused', 'refused'), ('applying', 'being applied'), ('applied', 'applied'), ('undoing', 'being undone'), ('undone', 'undone'), ('stopped', 'stopped')], default='received', max_length=10, verbose_name='status')),
                ('layout', models.CharField(blank=True, max_length=64, verbose_name='layout')),
                ('table', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='Header and samples.')),
                ('mapping', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(blank=True, null=True)),
                ('findings', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('findings_more', models.PositiveIntegerField(default=0)),
                ('summary', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('made', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='What undo takes back.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('alive_at', models.DateTimeField(blank=True, help_text='When a worker last said it lives.', null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('acting', models.ForeignKey(help_text='Who applies it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inventory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='inventories.inventory')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['scope', '-id'], name='imports_of_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ('received', 'detecting', 'mapping', 'checking', 'ready', 'refused', 'applying', 'applied', 'undoing', 'undone', 'stopped'))), name='imports_import_known_words'), models.CheckConstraint(condition=models.Q(models.Q(('importer', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), name='imports_import_is_of_a_file')],
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public id')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('headers_key', models.CharField(help_text='Digest of the headers, in any order.', max_length=64)),
                ('mapping', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.scope')),
            ],
            options={
                'verbose_name': 'mapping of columns',
                'verbose_name_plural': 'mappings of columns',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('scope', 'name'), name='imports_mapping_named_once', violation_error_message='There is a mapping with this name already.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='imports_mapping_has_name')],
            },
        ),
    ]
