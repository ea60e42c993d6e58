from django.conf import settings
from django.db import migrations, models

from localaction.platform.audit.appendonly import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('inventories', '0005_uncertainty_and_basis'),
        ('places', '0002_withdrawn'),
        ('publication', '0003_releases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='withdrawn_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('is_current', False), _connector='OR'), name='publication_withdrawn_is_not_current', violation_error_message='What was withdrawn is not current.'),
        ),
        AppendOnly("publication", mutable=["is_current", "withdrawn_at"]),
    ]
