import django.db.models.deletion
from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0007_gaps'),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_id', models.CharField(max_length=32, unique=True, verbose_name='id')),
                ('public_key', models.CharField(help_text='32 bytes as base64.', max_length=44, verbose_name='public key')),
                ('valid_from', models.DateTimeField(verbose_name='in use from')),
                ('retired_at', models.DateTimeField(null=True, verbose_name='retired')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('signatures_made', models.PositiveBigIntegerField(default=0, verbose_name='signatures made')),
            ],
            options={
                'verbose_name': 'signing key',
                'verbose_name_plural': 'signing keys',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('retired_at__isnull', False), _connector='OR'), name='publication_key_withdrawn_is_retired', violation_error_message='A withdrawn key signs no more.'), models.CheckConstraint(condition=models.Q(('retired_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='publication_key_retired_for_a_reason', violation_error_message='A key is retired for a reason.')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document_sha256', models.CharField(max_length=64, verbose_name='document')),
                ('signed_at', models.DateTimeField(verbose_name='signed')),
                ('signature', models.CharField(help_text='64 bytes as base64.', max_length=88, verbose_name='signature')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='publication.signingkey', verbose_name='key')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('document_sha256', 'key'), name='publication_signature_once_by_a_key', violation_error_message='This key signed this document already.')],
            },
        ),
        AppendOnly("signature"),
    ]
